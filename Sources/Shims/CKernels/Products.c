#include "Dispatch.h"
#include "include/CKernels.h"
#include <string.h>

#pragma clang fp contract(off)

typedef double double8 __attribute__((vector_size(64)));
typedef float float8 __attribute__((vector_size(32)));

// Twelve 256-bit sums, two columns and one broadcast value: all of AVX2's registers but one.
enum { lanes = 8, tile_rows = 6, tile_columns = lanes, block_depth = 256 };

DISPATCHED double ckernels_dot(const double *x, const double *y, size_t count) {
    double8 sums;
    memset(&sums, 0, sizeof sums);
    size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        double8 left, right;
        memcpy(&left, x + i, sizeof left);
        memcpy(&right, y + i, sizeof right);
        sums += left * right;
    }
    double total = 0;
    for (; i < count; i++) total += x[i] * y[i];
    for (int lane = 0; lane < lanes; lane++) total += sums[lane];
    return total;
}

DISPATCHED void ckernels_add_scaled(double scale, const double *restrict x, double *restrict y, size_t count) {
    for (size_t i = 0; i < count; i++) y[i] += scale * x[i];
}

DISPATCHED float ckernels_squared_distance(const float *x, const float *y, size_t count) {
    float8 sums;
    memset(&sums, 0, sizeof sums);
    size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        float8 left, right;
        memcpy(&left, x + i, sizeof left);
        memcpy(&right, y + i, sizeof right);
        left -= right;
        sums += left * left;
    }
    float total = 0;
    for (int lane = 0; lane < lanes; lane++) total += sums[lane];
    for (; i < count; i++) total += (x[i] - y[i]) * (x[i] - y[i]);
    return total;
}

DISPATCHED void ckernels_add(const float *restrict x, float *restrict y, size_t count) {
    for (size_t i = 0; i < count; i++) y[i] += x[i];
}

DISPATCHED void ckernels_widen(const float *restrict x, double *restrict out, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = (double)x[i];
}

DISPATCHED void ckernels_rotate(double *restrict x, double *restrict y, double cosine, double sine, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const double first = x[i], second = y[i];
        x[i] = cosine * first - sine * second;
        y[i] = sine * first + cosine * second;
    }
}

/// sums[r] = the sum over k of a[r][k * step] * panel[k * tile_columns ...].
INLINED void tile(const double *const a[tile_rows], size_t step, const double *panel, size_t depth,
                  double8 sums[tile_rows]) {
    memset(sums, 0, sizeof(double8) * tile_rows);
    for (size_t k = 0; k < depth; k++) {
        double8 b;
        memcpy(&b, panel + k * tile_columns, sizeof b);
#pragma clang loop unroll(full)
        for (int r = 0; r < tile_rows; r++) sums[r] += b * a[r][k * step];
    }
}

/// The first of the tile's rows; those past the end repeat the last row, and their sums are dropped.
INLINED void tile_starts(const double *a, size_t a_row, size_t first, size_t rows, const double *starts[tile_rows]) {
    for (size_t r = 0; r < tile_rows; r++) starts[r] = a + (first + r < rows ? first + r : rows - 1) * a_row;
}

DISPATCHED void ckernels_multiply(const double *a, size_t a_row, size_t a_column, const double *b, size_t b_row,
                                  size_t b_column, size_t rows, size_t depth, size_t columns, double *out) {
    double panel[block_depth * tile_columns];
    for (size_t k0 = 0; k0 < depth; k0 += block_depth) {
        const size_t deep = depth - k0 < block_depth ? depth - k0 : block_depth;
        for (size_t j0 = 0; j0 < columns; j0 += tile_columns) {
            const size_t wide = columns - j0 < tile_columns ? columns - j0 : tile_columns;
            if (b_column == 1 && wide == tile_columns) {
                for (size_t k = 0; k < deep; k++)
                    memcpy(panel + k * tile_columns, b + (k0 + k) * b_row + j0, tile_columns * sizeof *b);
            } else {
                memset(panel, 0, deep * tile_columns * sizeof *panel);
                for (size_t k = 0; k < deep; k++)
                    for (size_t j = 0; j < wide; j++)
                        panel[k * tile_columns + j] = b[(k0 + k) * b_row + (j0 + j) * b_column];
            }
            for (size_t i0 = 0; i0 < rows; i0 += tile_rows) {
                const double *starts[tile_rows];
                double8 sums[tile_rows];
                tile_starts(a + k0 * a_column, a_row, i0, rows, starts);
                tile(starts, a_column, panel, deep, sums);
                for (size_t i = i0; i < rows && i < i0 + tile_rows; i++)
                    for (size_t j = 0; j < wide; j++) out[i * columns + j0 + j] += sums[i - i0][j];
            }
        }
    }
}

DISPATCHED void ckernels_gram(const float *x, const double *weights, size_t rows, size_t columns, double *scratch,
                              double *packed) {
    double panel[block_depth * tile_columns];
    for (size_t k = 0; k < rows; k++)
        for (size_t i = 0; i < columns; i++) scratch[k * columns + i] = weights[k] * (double)x[k * columns + i];
    for (size_t j0 = 0; j0 < columns; j0 += tile_columns) {
        const size_t wide = columns - j0 < tile_columns ? columns - j0 : tile_columns;
        memset(panel, 0, sizeof panel);
        for (size_t k = 0; k < rows; k++)
            for (size_t j = 0; j < wide; j++) panel[k * tile_columns + j] = (double)x[k * columns + j0 + j];
        for (size_t i0 = 0; i0 < j0 + wide; i0 += tile_rows) {
            const double *starts[tile_rows];
            double8 sums[tile_rows];
            tile_starts(scratch, 1, i0, columns, starts);
            tile(starts, columns, panel, rows, sums);
            for (size_t i = i0; i < columns && i < i0 + tile_rows; i++) {
                double *row = packed + i * (2 * columns - i + 1) / 2 - i;
                for (size_t j = j0 > i ? j0 : i; j < j0 + wide; j++) row[j] += sums[i - i0][j - j0];
            }
        }
    }
}
