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

/// rows[0..<2 * count] = for each token its hash and that of it and the one before, both as rows of a table of `mask` + 1.
void ckernels_bag_rows(const int32_t *_Nonnull tokens, size_t count, uint32_t mask, int32_t *_Nonnull rows);

/// out[0..<16] = the sum of table[row * 16 ...] over those rows.
void ckernels_bag16(const int8_t *_Nonnull table, uint32_t mask, const int32_t *_Nonnull tokens, size_t count,
                    int32_t *_Nonnull out);

/// A vector in steps of the scale that is returned, a 127th of its largest magnitude, each rounded to nearest, ties to even.
float ckernels_steps(const float *_Nonnull vector, size_t count, uint8_t *_Nonnull steps);

/// CRC-32C of `count` bytes (RFC 3720, appendix B.4), by the processor's own instruction where it has one.
uint32_t ckernels_crc32c(const uint8_t *_Nonnull bytes, size_t count);

// Dense linear algebra (Products.c). Matrices are row-major; a sum over vectors runs in eight lanes that are added last.

/// The sum of x[i] * y[i].
double ckernels_dot(const double *_Nonnull x, const double *_Nonnull y, size_t count);

/// y[i] += scale * x[i].
void ckernels_add_scaled(double scale, const double *_Nonnull x, double *_Nonnull y, size_t count);

/// The sum of (x[i] - y[i])², in single precision and eight lanes, those past the last eight added in the end.
float ckernels_squared_distance(const float *_Nonnull x, const float *_Nonnull y, size_t count);

/// y[i] += x[i].
void ckernels_add(const float *_Nonnull x, float *_Nonnull y, size_t count);

/// out[i] = x[i].
void ckernels_widen(const float *_Nonnull x, double *_Nonnull out, size_t count);

/// Givens rotation of two rows: (x[i], y[i]) = (cosine * x[i] - sine * y[i], sine * x[i] + cosine * y[i]).
void ckernels_rotate(double *_Nonnull x, double *_Nonnull y, double cosine, double sine, size_t count);

/// out += A B, `out` being rows x columns; A(i, k) is at a[i * a_row + k * a_column], B(k, j) at b[k * b_row + j * b_column].
void ckernels_multiply(const double *_Nonnull a, size_t a_row, size_t a_column, const double *_Nonnull b, size_t b_row,
                       size_t b_column, size_t rows, size_t depth, size_t columns, double *_Nonnull out);

/// packed += the sum over at most 256 rows of weight * row rowᵀ: the upper triangle, row after row.
/// `scratch` has room for rows * columns values.
void ckernels_gram(const float *_Nonnull x, const double *_Nonnull weights, size_t rows, size_t columns,
                   double *_Nonnull scratch, double *_Nonnull packed);

// Texts (ByteBits.c, Bytes.c), 64 bytes at a time; zeros stand behind the end.

/// What bytes are, in eight words for each 64 of them, the first byte in the lowest bit: ASCII letters, capitals among them, digits, other
/// ASCII above the blank, white space, line ends in it, first bytes of characters beyond ASCII, and the bytes that follow those.
/// `lowercased`, if there is one, = the text with small letters, and zeros up to a multiple of 64.
void ckernels_byte_bits(const uint8_t *_Nonnull text, size_t count, uint64_t *_Nonnull bits, uint8_t *_Nullable lowercased);

/// letters[0..<n] = the ASCII letters and digits of a text in small letters, and n is returned; -1 for a text that is not all
/// ASCII. There is room for sixteen bytes more than the text has.
ptrdiff_t ckernels_plain_letters(const uint8_t *_Nonnull text, size_t count, uint8_t *_Nonnull letters);

/// A run of bytes: where it begins and ends, its first eight bytes, the first lowest and zeros behind its end, and a hash of all.
struct ckernels_run {
    size_t start, end;
    uint64_t head, hash;
};

/// What the hash of a run begins with: its highest byte is none of a word's.
static const uint64_t ckernels_run_seed = 0x1F83D9ABFB41BD6B;

/// The runs of bytes that are of some of the eight kinds, bit by bit in `kinds`, in order; `runs` has room for all that there are.
/// Eight bytes of the text can be read from every place in it; its own place in a longer text is `offset`. No two runs of at most
/// eight bytes without zeros have the same hash.
size_t ckernels_runs(const uint64_t *_Nonnull bits, unsigned kinds, const uint8_t *_Nonnull text, size_t count,
                     size_t offset, struct ckernels_run *_Nonnull runs);
