#pragma once

// A kernel is compiled for each of these; the resolver of its symbol takes the best that the processor has.
#if defined(__x86_64__)
#define DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif
#define INLINED static inline __attribute__((always_inline))
