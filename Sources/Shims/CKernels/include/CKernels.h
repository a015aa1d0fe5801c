#pragma once
#include <stddef.h>
#include <stdint.h>

// Every kernel is compiled for AVX-512, AVX2 and any x86-64, chosen when the program is loaded. Products are never fused and
// each sum has one order, so that all three give the same bits.

/// out[0..<256] = the unit vector along the sum of scales[id] * table[id * 256 ...] over the ids; zeros if the sum is zero.
void ckernels_embed256(const int8_t *_Nonnull table, const float *_Nonnull scales, const int32_t *_Nonnull ids, size_t count,
                       float *_Nonnull out);

/// out[0..<16] += x[i] * weights[i * 16 ...] for each of `count` rows, one after the other.
void ckernels_dense16(const float *_Nonnull weights, const float *_Nonnull x, size_t count, float *_Nonnull out);

/// out[0..<16] = the sum of table[row * 16 ...] over the rows.
void ckernels_rows16(const int8_t *_Nonnull table, const int32_t *_Nonnull rows, size_t count, int32_t *_Nonnull out);

/// CRC-32C of `count` bytes (RFC 3720, appendix B.4), by the processor's own instruction where it has one.
uint32_t ckernels_crc32c(const uint8_t *_Nonnull bytes, size_t count);
