#include "Dispatch.h"
#include "include/CKernels.h"
#include <math.h>
#include <string.h>

#pragma clang fp contract(off)

typedef float float16 __attribute__((vector_size(64)));
typedef int32_t int16 __attribute__((vector_size(64)));
typedef int16_t short16 __attribute__((vector_size(32)));
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
    memcpy(&sum, out, sizeof sum);
    for (size_t i = 0; i < count; i++) {
        float16 row;
        memcpy(&row, weights + i * lanes, sizeof row);
        sum += row * x[i];
    }
    memcpy(out, &sum, sizeof sum);
}

/// MurmurHash3's finaliser over the two.
INLINED uint32_t mixed(uint32_t token, uint32_t other) {
    uint32_t hash = (token * 0xCC9E2D51) ^ (other * 0x1B873593 + 0xE6546B64);
    hash = (hash ^ hash >> 16) * 0x85EBCA6B;
    hash = (hash ^ hash >> 13) * 0xC2B2AE35;
    return hash ^ hash >> 16;
}

/// The rows of some tokens, each and with the one before it.
INLINED void bag_rows(const int32_t *tokens, size_t count, int32_t before, uint32_t mask, int32_t *rows) {
    for (size_t i = 0; i < count; i++) {
        rows[2 * i] = (int32_t)(mixed((uint32_t)tokens[i], 0x9E37) & mask);
        rows[2 * i + 1] = (int32_t)(mixed((uint32_t)tokens[i], (uint32_t)before + 1) & mask);
        before = tokens[i];
    }
}

// `[CLS]` stands before the first.
enum { cls = 101, taken_at_once = 64 };

DISPATCHED void ckernels_bag_rows(const int32_t *restrict tokens, size_t count, uint32_t mask, int32_t *restrict rows) {
    bag_rows(tokens, count, cls, mask, rows);
}

DISPATCHED void ckernels_bag16(const int8_t *table, uint32_t mask, const int32_t *tokens, size_t count, int32_t *out) {
    int32_t rows[2 * taken_at_once];
    int16 total;
    memset(&total, 0, sizeof total);
    for (size_t start = 0; start < count; start += taken_at_once) {
        const size_t taken = count - start < taken_at_once ? count - start : taken_at_once;
        bag_rows(tokens + start, taken, start > 0 ? tokens[start - 1] : cls, mask, rows);
        // Sixteen bits hold the sum of so many signed bytes; the rows' places are known, so that they are fetched side by side.
        short16 sum;
        memset(&sum, 0, sizeof sum);
        for (size_t i = 0; i < 2 * taken; i++) {
            byte16 row;
            memcpy(&row, table + (size_t)rows[i] * lanes, sizeof row);
            sum += __builtin_convertvector(row, short16);
        }
        total += __builtin_convertvector(sum, int16);
    }
    memcpy(out, &total, sizeof total);
}

DISPATCHED float ckernels_steps(const float *vector, size_t count, uint8_t *steps) {
    uint32_t most = 0;
    for (size_t i = 0; i < count; i++) {
        // Magnitudes are in the order of their bits.
        uint32_t bits;
        memcpy(&bits, vector + i, sizeof bits);
        bits &= 0x7FFFFFFF;
        most = bits > most ? bits : most;
    }
    float scale;
    memcpy(&scale, &most, sizeof scale);
    scale = scale > 0 ? scale / 127 : 0;
    const float inverse = scale > 0 ? 1 / scale : 0;
    // Rounded by what is lost in adding: 1.5 * 2^23 leaves whole numbers only.
    const float rounder = 12582912;
    uint32_t zero;
    memcpy(&zero, &rounder, sizeof zero);
    for (size_t i = 0; i < count; i++) {
        const float sum = vector[i] * inverse + rounder;
        uint32_t bits;
        memcpy(&bits, &sum, sizeof bits);
        steps[i] = (uint8_t)(bits - zero);
    }
    return scale;
}

static uint32_t crc32c_portable(const uint8_t *bytes, size_t count) {
    static const uint32_t table[16] = {
        0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1, 0x417B1DBC, 0x5125DAD3, 0x61C69362, 0x7198540D,
        0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9, 0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75};
    uint32_t value = 0xFFFFFFFF;
    for (size_t i = 0; i < count; i++) {
        value ^= bytes[i];
        value = value >> 4 ^ table[value & 15];
        value = value >> 4 ^ table[value & 15];
    }
    return ~value;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(const uint8_t *bytes, size_t count) {
    uint64_t value = 0xFFFFFFFF;
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        value = __builtin_ia32_crc32di(value, word);
    }
    uint32_t rest = (uint32_t)value;
    for (; count > 0; bytes++, count--) rest = __builtin_ia32_crc32qi(rest, *bytes);
    return ~rest;
}
#endif

uint32_t ckernels_crc32c(const uint8_t *bytes, size_t count) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2")) return crc32c_sse42(bytes, count);
#endif
    return crc32c_portable(bytes, count);
}
