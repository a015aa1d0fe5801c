#include "Dispatch.h"
#include "include/CKernels.h"
#include <string.h>

enum { width = 64, kinds_of_bytes = 8 };

// Multiplied by an odd number (2^64 over the golden ratio), its better half folded into the other.
INLINED uint64_t mixed(uint64_t value) {
    const uint64_t product = value * 0x9E3779B97F4A7C15;
    return product ^ product >> 32;
}

INLINED uint64_t eight(const uint8_t *text, size_t count) {
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return count < 8 ? bytes & (((uint64_t)1 << 8 * count) - 1) : bytes;
}

INLINED void add_run(const uint8_t *text, size_t start, size_t end, size_t offset, struct ckernels_run *run) {
    const uint64_t head = eight(text + start, end - start);
    uint64_t hash = mixed(ckernels_run_seed ^ head);
    for (size_t place = start + 8; place < end; place += 8) hash = mixed(hash ^ eight(text + place, end - place));
    *run = (struct ckernels_run){offset + start, offset + end, head, hash};
}

DISPATCHED size_t ckernels_runs(const uint64_t *classes, unsigned kinds, const uint8_t *text, size_t count, size_t offset,
                                struct ckernels_run *runs) {
    size_t found = 0, start = 0;
    uint64_t open = 0;
    for (size_t block = 0; block < count; block += width) {
        uint64_t bits = 0;
        for (int kind = 0; kind < kinds_of_bytes; kind++)
            if (kinds >> kind & 1) bits |= classes[kind];
        classes += kinds_of_bytes;
        for (uint64_t edges = bits ^ (bits << 1 | open); edges; edges &= edges - 1) {
            const size_t edge = block + (size_t)__builtin_ctzll(edges);
            if (!(open ^= 1)) add_run(text, start, edge, offset, runs + found++);
            start = edge;
        }
    }
    if (open) add_run(text, start, count, offset, runs + found++);
    return found;
}
