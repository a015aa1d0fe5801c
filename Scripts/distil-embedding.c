// Distils the token embedding: every token of the vocabulary goes through MiniLM-L6 alone, as [CLS] token [SEP]; the mean
// outputs are centred, projected on their first 256 principal axes and rounded to eight bits, row by row.
// The bytes are the same on every x86-64: sums have a fixed order, nothing is fused, and exp and erf are written out here.
// Usage: distil-embedding MODEL_FOLDER TOKEN_FREQUENCIES OUT
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { width = 384, inner = 1536, heads = 12, layers = 6, kept = 256, batch = 64, rows = 3 * batch, cls = 101, sep = 102 };

static char *header;
static const char *tensors;

static void fail(const char *what) {
    fprintf(stderr, "distil-embedding: %s\n", what);
    exit(1);
}

static char *contents(const char *folder, const char *name, size_t *size) {
    char path[4096];
    snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", name);
    FILE *file = fopen(path, "rb");
    if (!file) fail(path);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = aligned_alloc(64, (*size + 64) / 64 * 64 + 64);
    if (!bytes || fread(bytes, 1, *size, file) != *size) fail(path);
    bytes[*size] = 0;
    fclose(file);
    return bytes;
}

/// A tensor of the safetensors file, copied so that it is aligned.
static float *tensor(const char *name) {
    char quoted[256];
    snprintf(quoted, sizeof quoted, "\"%s\":", name);
    const char *entry = strstr(header, quoted);
    const char *offsets = entry ? strstr(entry, "\"data_offsets\":[") : NULL;
    size_t from, to;
    if (!offsets || sscanf(offsets, "\"data_offsets\":[%zu,%zu]", &from, &to) != 2) fail(name);
    float *copy = aligned_alloc(64, (to - from + 63) / 64 * 64);
    memcpy(copy, tensors + from, to - from);
    return copy;
}

static float *layer_tensor(int layer, const char *name) {
    char full[256];
    snprintf(full, sizeof full, "encoder.layer.%d.%s", layer, name);
    return tensor(full);
}

typedef struct { int in, out; float *weights, *bias; } linear;

static linear linear_of(int layer, const char *name, int in, int out) {
    char full[128];
    snprintf(full, sizeof full, "%s.weight", name);
    float *w = layer_tensor(layer, full);
    snprintf(full, sizeof full, "%s.bias", name);
    linear result = {in, out, aligned_alloc(64, sizeof(float) * (size_t)in * (size_t)out), layer_tensor(layer, full)};
    for (int o = 0; o < out; o++)
        for (int i = 0; i < in; i++) result.weights[i * out + o] = w[o * in + i];
    free(w);
    return result;
}

/// y = x * W + b for `m` rows; each output adds its terms in the order of the inputs.
static void apply(const linear *l, const float *restrict x, float *restrict y, int m) {
    enum { columns = 32, lines = 4 };
    for (int column = 0; column < l->out; column += columns)
        for (int row = 0; row < m; row += lines) {
            float sums[lines][columns];
            for (int r = 0; r < lines; r++) memcpy(sums[r], l->bias + column, sizeof sums[r]);
            for (int i = 0; i < l->in; i++) {
                const float *w = l->weights + (size_t)i * (size_t)l->out + column;
                for (int r = 0; r < lines; r++) {
                    float a = x[(row + r) * l->in + i];
                    for (int c = 0; c < columns; c++) sums[r][c] += a * w[c];
                }
            }
            for (int r = 0; r < lines; r++) memcpy(y + (row + r) * l->out + column, sums[r], sizeof sums[r]);
        }
}

static void normalise(float *x, const float *gain, const float *bias, int m) {
    for (int row = 0; row < m; row++, x += width) {
        float mean = 0, variance = 0;
        for (int j = 0; j < width; j++) mean += x[j];
        mean /= width;
        for (int j = 0; j < width; j++) variance += (x[j] - mean) * (x[j] - mean);
        float inverse = 1 / sqrtf(variance / width + 1e-12f);
        for (int j = 0; j < width; j++) x[j] = (x[j] - mean) * inverse * gain[j] + bias[j];
    }
}

/// e^x by Cephes' polynomial.
static float exponential(float x) {
    if (x < -87) x = -87;
    float n = floorf(x * 1.44269504f + 0.5f), r = x - n * 0.693359375f + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    union { int32_t bits; float value; } power = {((int32_t)n + 127) << 23};
    return (p * r * r + r + 1) * power.value;
}

/// GELU with erf by Abramowitz and Stegun 7.1.26.
static float gelu(float x) {
    float z = fabsf(x * 0.70710678f), t = 1 / (1 + 0.3275911f * z);
    float p = ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t;
    return 0.5f * x * (1 + copysignf(1 - p * exponential(-z * z), x));
}

/// Attention within each triple of rows.
static void attend(const float *q, const float *k, const float *v, float *out, int m) {
    const int size = width / heads;
    for (int row = 0; row < m; row++)
        for (int h = 0; h < heads; h++) {
            float scores[3], total = 0, most = -1e30f;
            for (int t = 0; t < 3; t++) {
                const float *a = q + row * width + h * size, *b = k + (row / 3 * 3 + t) * width + h * size;
                scores[t] = 0;
                for (int j = 0; j < size; j++) scores[t] += a[j] * b[j];
                scores[t] /= sqrtf((float)size);
                if (scores[t] > most) most = scores[t];
            }
            for (int t = 0; t < 3; t++) total += scores[t] = exponential(scores[t] - most);
            for (int j = 0; j < size; j++) {
                float sum = 0;
                for (int t = 0; t < 3; t++) sum += scores[t] / total * v[(row / 3 * 3 + t) * width + h * size + j];
                out[row * width + h * size + j] = sum;
            }
        }
}

/// Cyclic Jacobi: the rows of `vectors` become the eigenvectors of the symmetric matrix `a`, its diagonal their values.
static void diagonalise(double *a, double *vectors, int n) {
    for (int sweep = 0; sweep < 30; sweep++) {
        double off = 0, diagonal = 0;
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) *(i == j ? &diagonal : &off) += a[i * n + j] * a[i * n + j];
        if (off < 1e-22 * diagonal) return;
        for (int p = 0; p < n - 1; p++)
            for (int q = p + 1; q < n; q++) {
                double apq = a[p * n + q];
                if (fabs(apq) < 1e-300) continue;
                double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
                double t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
                double c = 1 / sqrt(t * t + 1), s = t * c;
                for (int k = 0; k < n; k++) {
                    double x = a[p * n + k], y = a[q * n + k];
                    a[p * n + k] = c * x - s * y, a[q * n + k] = s * x + c * y;
                }
                for (int k = 0; k < n; k++) {
                    double x = a[k * n + p], y = a[k * n + q];
                    a[k * n + p] = c * x - s * y, a[k * n + q] = s * x + c * y;
                    double u = vectors[p * n + k], w = vectors[q * n + k];
                    vectors[p * n + k] = c * u - s * w, vectors[q * n + k] = s * u + c * w;
                }
            }
    }
}

static float *floats(size_t count) { return aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64); }

/// The mean output of each token, `width` floats a token.
static float *outputs(int tokens) {
    const float *words = tensor("embeddings.word_embeddings.weight");
    const float *positions = tensor("embeddings.position_embeddings.weight");
    const float *types = tensor("embeddings.token_type_embeddings.weight");
    const float *gain = tensor("embeddings.LayerNorm.weight"), *bias = tensor("embeddings.LayerNorm.bias");
    struct { linear q, k, v, o, up, down; float *gain1, *bias1, *gain2, *bias2; } stack[layers];
    for (int l = 0; l < layers; l++) {
        stack[l].q = linear_of(l, "attention.self.query", width, width);
        stack[l].k = linear_of(l, "attention.self.key", width, width);
        stack[l].v = linear_of(l, "attention.self.value", width, width);
        stack[l].o = linear_of(l, "attention.output.dense", width, width);
        stack[l].up = linear_of(l, "intermediate.dense", width, inner);
        stack[l].down = linear_of(l, "output.dense", inner, width);
        stack[l].gain1 = layer_tensor(l, "attention.output.LayerNorm.weight");
        stack[l].bias1 = layer_tensor(l, "attention.output.LayerNorm.bias");
        stack[l].gain2 = layer_tensor(l, "output.LayerNorm.weight");
        stack[l].bias2 = layer_tensor(l, "output.LayerNorm.bias");
    }
    float *x = floats(rows * width), *q = floats(rows * width), *k = floats(rows * width), *v = floats(rows * width);
    float *t = floats(rows * width), *wide = floats(rows * inner), *means = floats((size_t)tokens * width);
    for (int first = 0; first < tokens; first += batch) {
        for (int row = 0; row < rows; row++) {
            int token = first + row / 3 < tokens ? first + row / 3 : tokens - 1;
            int id = row % 3 == 0 ? cls : row % 3 == 1 ? token : sep;
            for (int j = 0; j < width; j++)
                x[row * width + j] = words[(size_t)id * width + j] + positions[row % 3 * width + j] + types[j];
        }
        normalise(x, gain, bias, rows);
        for (int l = 0; l < layers; l++) {
            apply(&stack[l].q, x, q, rows), apply(&stack[l].k, x, k, rows), apply(&stack[l].v, x, v, rows);
            attend(q, k, v, t, rows);
            apply(&stack[l].o, t, q, rows);
            for (int i = 0; i < rows * width; i++) x[i] += q[i];
            normalise(x, stack[l].gain1, stack[l].bias1, rows);
            apply(&stack[l].up, x, wide, rows);
            for (int i = 0; i < rows * inner; i++) wide[i] = gelu(wide[i]);
            apply(&stack[l].down, wide, q, rows);
            for (int i = 0; i < rows * width; i++) x[i] += q[i];
            normalise(x, stack[l].gain2, stack[l].bias2, rows);
        }
        for (int i = 0; i < batch && first + i < tokens; i++) {
            float *mean = means + (size_t)(first + i) * width, squares = 0;
            for (int j = 0; j < width; j++)
                mean[j] = (x[3 * i * width + j] + x[(3 * i + 1) * width + j] + x[(3 * i + 2) * width + j]) / 3;
            for (int j = 0; j < width; j++) squares += mean[j] * mean[j];
            for (int j = 0; j < width; j++) mean[j] /= sqrtf(squares);
        }
    }
    return means;
}

static int is_special(const char *token, size_t length) {
    return length > 4 && token[0] == '[' && token[length - 1] == ']';
}

int main(int count, char **arguments) {
    if (count != 4) fail("usage: distil-embedding MODEL_FOLDER TOKEN_FREQUENCIES OUT");
    size_t size;
    char *file = contents(arguments[1], "model.safetensors", &size);
    uint64_t header_size;
    memcpy(&header_size, file, 8);
    header = strndup(file + 8, header_size);
    tensors = file + 8 + header_size;
    char *vocabulary = contents(arguments[1], "vocab.txt", &size);
    int tokens = 0;
    for (size_t i = 0; i < size; i++) tokens += vocabulary[i] == '\n';
    size_t frequency_count;
    const uint8_t *frequencies = (const uint8_t *)contents("", arguments[2], &frequency_count);
    if (frequency_count != (size_t)tokens) fail("the token frequencies are of another vocabulary");
    char *keep = calloc((size_t)tokens, 1);
    const char *line = vocabulary;
    for (int v = 0; v < tokens; v++) {
        const char *end = strchr(line, '\n');
        keep[v] = !is_special(line, (size_t)(end - line));
        line = end + 1;
    }

    float *points = outputs(tokens);
    double mean[width] = {0}, kept_tokens = 0;
    for (int v = 0; v < tokens; v++)
        if (keep[v]) {
            kept_tokens++;
            for (int j = 0; j < width; j++) mean[j] += points[(size_t)v * width + j];
        }
    for (int j = 0; j < width; j++) mean[j] /= kept_tokens;
    static double covariance[width * width], vectors[width * width];
    for (int v = 0; v < tokens; v++) {
        double row[width];
        if (!keep[v]) continue;
        for (int j = 0; j < width; j++) row[j] = points[(size_t)v * width + j] - mean[j];
        for (int i = 0; i < width; i++)
            for (int j = 0; j < width; j++) covariance[i * width + j] += row[i] * row[j];
    }
    for (int i = 0; i < width; i++) vectors[i * width + i] = 1;
    diagonalise(covariance, vectors, width);
    int order[width];
    for (int i = 0; i < width; i++) {
        int at = i;
        double value = covariance[i * width + i];
        for (; at > 0 && covariance[order[at - 1] * width + order[at - 1]] < value; at--) order[at] = order[at - 1];
        order[at] = i;
    }
    for (int r = 0; r < kept; r++) {
        double *axis = vectors + order[r] * width, most = 0;
        for (int j = 0; j < width; j++)
            if (fabs(axis[j]) > fabs(most)) most = axis[j];
        for (int j = 0; j < width && most < 0; j++) axis[j] = -axis[j];
    }

    float *classification = calloc((size_t)tokens, sizeof(float)), *similarity = calloc((size_t)tokens, sizeof(float));
    int8_t *table = calloc((size_t)tokens, kept);
    double harmonic = 0;
    for (int v = 1; v <= tokens; v++) harmonic += 1.0 / v;
    for (int v = 0; v < tokens; v++) {
        double projected[kept], most = 0;
        if (!keep[v]) continue;
        for (int r = 0; r < kept; r++) {
            const double *axis = vectors + order[r] * width;
            projected[r] = 0;
            for (int j = 0; j < width; j++) projected[r] += axis[j] * (points[(size_t)v * width + j] - mean[j]);
            if (fabs(projected[r]) > most) most = fabs(projected[r]);
        }
        for (int r = 0; r < kept; r++) table[(size_t)v * kept + r] = (int8_t)rint(projected[r] / most * 127);
        // Smooth inverse frequency, a / (a + p): Arora, Liang and Ma 2017. A frequency byte is -8 log2 p.
        double zipf = 1 / ((v + 1) * harmonic), p = ldexp(1, -(frequencies[v] / 8));
        static const double eighths[8] = {1, 0.917004, 0.840896, 0.771105, 0.707107, 0.648420, 0.594604, 0.545254};
        p *= eighths[frequencies[v] % 8];
        classification[v] = (float)(most / 127 * (1e-4 / (1e-4 + zipf)));
        similarity[v] = (float)(most / 127 * (1e-3 / (1e-3 + p)));
    }
    FILE *out = fopen(arguments[3], "wb");
    if (!out) fail(arguments[3]);
    uint32_t head[16] = {0x31454654, (uint32_t)tokens, kept};
    char zeros[64] = {0};
    size_t padding = (64 - (size_t)tokens * 4 % 64) % 64;
    fwrite(head, sizeof head, 1, out);
    fwrite(classification, 4, (size_t)tokens, out), fwrite(zeros, 1, padding, out);
    fwrite(similarity, 4, (size_t)tokens, out), fwrite(zeros, 1, padding, out);
    fwrite(table, kept, (size_t)tokens, out);
    return fclose(out) == 0 ? 0 : 1;
}
