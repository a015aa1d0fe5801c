#pragma once
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

/// In one piece: SHA256() looks its algorithm up by name each time, which takes as long as hashing a kilobyte does.
static inline void ccrypto_sha256(const unsigned char *_Nullable message, size_t count, unsigned char *_Nonnull digest) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, message, count);
    SHA256_Final(digest, &context);
}
