#pragma once

/// What jemalloc reads when the program begins: pages that were free for half a second go back, by a thread of its own.
///
/// Its own ten seconds keep what learning needed for a moment.
extern const char *malloc_conf;
