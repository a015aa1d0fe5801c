#include "include/CKernels.h"
#include <math.h>
#include <string.h>

#pragma clang fp contract(off)

#if defined(__x86_64__)
#define DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

typedef float float16 __attribute__((vector_size(64)));
typedef int32_t int16 __attribute__((vector_size(64)));
typedef int8_t byte16 __attribute__((vector_size(16)));

enum { dimensions = 256, lanes = 16, blocks = dimensions / lanes, ahead = 8 };

DISPATCHED void ckernels_embed256(const int8_t *table, const float *scales, const int32_t *ids, size_t count, float *out) {
    float16 sums[blocks];
    memset(sums, 0, sizeof sums);
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = table + (size_t)ids[i] * dimensions;
        const float scale = scales[ids[i]];
        if (i + ahead < count)
            for (int line = 0; line < dimensions; line += 64)
                __builtin_prefetch(table + (size_t)ids[i + ahead] * dimensions + line);
#pragma clang loop unroll(full)
        for (int block = 0; block < blocks; block++) {
            byte16 bytes;
            memcpy(&bytes, row + block * lanes, sizeof bytes);
            sums[block] += __builtin_convertvector(bytes, float16) * scale;
        }
    }
    float16 squares;
    memset(&squares, 0, sizeof squares);
    for (int block = 0; block < blocks; block++) squares += sums[block] * sums[block];
    float total = 0;
    for (int lane = 0; lane < lanes; lane++) total += squares[lane];
    const float inverse = total > 0 ? 1 / sqrtf(total) : 0;
    for (int block = 0; block < blocks; block++) sums[block] *= inverse;
    memcpy(out, sums, sizeof sums);
}

DISPATCHED void ckernels_dense16(const float *weights, const float *x, size_t count, float *out) {
    float16 sum;
    memset(&sum, 0, sizeof sum);
    for (size_t i = 0; i < count; i++) {
        float16 row;
        memcpy(&row, weights + i * lanes, sizeof row);
        sum += row * x[i];
    }
    memcpy(out, &sum, sizeof sum);
}

DISPATCHED void ckernels_rows16(const int8_t *table, const int32_t *rows, size_t count, int32_t *out) {
    int16 sum;
    memset(&sum, 0, sizeof sum);
    for (size_t i = 0; i < count; i++) {
        byte16 row;
        if (i + ahead < count) __builtin_prefetch(table + (size_t)rows[i + ahead] * lanes);
        memcpy(&row, table + (size_t)rows[i] * lanes, sizeof row);
        sum += __builtin_convertvector(row, int16);
    }
    memcpy(out, &sum, sizeof sum);
}
