#define _GNU_SOURCE
#include "include/CLinux.h"

#include <pthread.h>
#include <sched.h>

int32_t clinux_accept(int32_t listener, struct sockaddr_storage *peer) {
    socklen_t length = sizeof *peer;
    return accept4(listener, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

void clinux_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int32_t clinux_usable_cores(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

int32_t clinux_reserve(int32_t file, int64_t bytes) {
    return fallocate(file, FALLOC_FL_KEEP_SIZE, 0, bytes) == 0 ? 0 : errno;
}
