#include "include/CKernels.h"
#include <string.h>

#if defined(__x86_64__)
#define DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

enum { width = 64 };

typedef uint8_t byte64 __attribute__((ext_vector_type(width)));
typedef char mask64 __attribute__((ext_vector_type(width)));
typedef _Bool bit64 __attribute__((ext_vector_type(width)));

DISPATCHED void ckernels_byte_classes(const uint8_t *text, size_t count, uint64_t *classes, uint8_t *lowercased) {
    for (size_t start = 0; start < count; start += width) {
        byte64 bytes = 0;
        if (count - start >= width) memcpy(&bytes, text + start, width);
        else memcpy(&bytes, text + start, count - start);
        const mask64 letters = (bytes | 0x20) - 'a' < 26;
        const bit64 bits[] = {
            __builtin_convertvector(letters, bit64),
            __builtin_convertvector(bytes - '0' < 10, bit64),
            __builtin_convertvector(bytes >= 0x80, bit64),
            __builtin_convertvector((bytes == ' ') | (bytes - '\t' < 5), bit64),
        };
        memcpy(classes, bits, sizeof bits);
        classes += sizeof bits / sizeof *classes;
        const byte64 lower = bytes | ((byte64)letters & 0x20);
        memcpy(lowercased + start, &lower, width);
    }
}
