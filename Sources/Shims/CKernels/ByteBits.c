#include "Dispatch.h"
#include "include/CKernels.h"
#include <string.h>

typedef uint8_t byte64 __attribute__((vector_size(64)));
typedef _Bool bit64 __attribute__((ext_vector_type(64)));

/// A bit for each lane that is not zero; a macro, for vectors are not passed alike by all three forms of a kernel.
#define BITS(lanes)                                                \
    ({                                                             \
        const bit64 bits = __builtin_convertvector((lanes), bit64); \
        uint64_t word;                                             \
        memcpy(&word, &bits, sizeof word);                         \
        word;                                                      \
    })

/// The first bytes of a text; zeros stand behind its end. A macro for the same reason.
#define LOADED(text, count)                                                      \
    ({                                                                           \
        byte64 bytes;                                                            \
        if ((count) >= sizeof bytes) {                                           \
            memcpy(&bytes, (text), sizeof bytes);                                \
        } else {                                                                 \
            memset(&bytes, 0, sizeof bytes);                                     \
            memcpy(&bytes, (text), (count));                                     \
        }                                                                        \
        bytes;                                                                   \
    })

DISPATCHED void ckernels_byte_bits(const uint8_t *text, size_t count, uint64_t *out, uint8_t *lowercased) {
    for (; count > 0; out += 8) {
        const size_t taken = count < sizeof(byte64) ? count : sizeof(byte64);
        const byte64 bytes = LOADED(text, taken);
        const byte64 letter = (byte64)((bytes | 0x20) - 'a' < 26);
        const uint64_t letters = BITS(letter), digits = BITS(bytes - '0' < 10);
        out[0] = letters;
        out[1] = letters & BITS((bytes & 0x20) == 0);
        out[2] = digits;
        out[3] = BITS(bytes - '!' < 0x80 - '!') & ~(letters | digits);
        out[4] = BITS((bytes == ' ') | (bytes - '\t' < 5));
        out[5] = BITS((bytes == '\n') | (bytes == '\r'));
        out[6] = BITS(bytes >= 0xC0);
        out[7] = BITS((bytes & 0xC0) == 0x80);
        if (lowercased) {
            const byte64 lower = bytes | (letter & 0x20);
            memcpy(lowercased, &lower, sizeof lower);
            lowercased += sizeof lower;
        }
        text += taken;
        count -= taken;
    }
}

DISPATCHED ptrdiff_t ckernels_plain_letters(const uint8_t *text, size_t count, uint8_t *letters) {
    enum { piece = 16 };
    uint8_t small[sizeof(byte64) + piece], *end = letters;
    memset(small, 0, sizeof small);
    for (size_t start = 0; start < count; start += sizeof(byte64)) {
        const byte64 bytes = LOADED(text + start, count - start);
        if (BITS(bytes >= 0x80)) return -1;
        const byte64 lower = bytes | 0x20;
        memcpy(small, &lower, sizeof lower);
        const uint64_t kept = BITS((lower - 'a' < 26) | (bytes - '0' < 10));
        // Each run's first byte, and the one behind its last: the next run need not wait for the length of this one.
        uint64_t starts = kept & ~(kept << 1), ends = ~kept & kept << 1;
        for (; starts; starts &= starts - 1, ends &= ends - 1) {
            const uint8_t *const run = small + __builtin_ctzll(starts);
            const ptrdiff_t length = small + (ends ? (size_t)__builtin_ctzll(ends) : sizeof bytes) - run;
            for (ptrdiff_t place = 0; place < length; place += piece) memcpy(end + place, run + place, piece);
            end += length;
        }
    }
    return end - letters;
}
