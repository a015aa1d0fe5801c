#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of one linked file; they live as long as the program. A zero byte follows them.
typedef struct cassets_bytes {
    const uint8_t *_Nonnull start;
    size_t count;
} cassets_bytes;

// Declares the linker's symbols of one asset and the function that gives its bytes, cassets_get_NAME().
#define CASSETS_ASSET(name)                                          \
    extern const uint8_t cassets_##name[], cassets_##name##_end[];   \
    static inline cassets_bytes cassets_get_##name(void) {           \
        cassets_bytes bytes = {cassets_##name, (size_t)(cassets_##name##_end - cassets_##name)}; \
        return bytes;                                                \
    }

CASSETS_ASSET(wordpiece_vocabulary)
CASSETS_ASSET(wordpiece_normalisation)
CASSETS_ASSET(token_embedding)
CASSETS_ASSET(task_heads)
CASSETS_ASSET(cl100k)
CASSETS_ASSET(o200k)
CASSETS_ASSET(catalog)
CASSETS_ASSET(grades)
CASSETS_ASSET(priors)
