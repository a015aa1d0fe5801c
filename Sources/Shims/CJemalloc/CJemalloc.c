#include "CJemalloc.h"

const char *malloc_conf = "background_thread:true,dirty_decay_ms:500,muzzy_decay_ms:0";
