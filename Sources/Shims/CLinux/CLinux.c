#define _GNU_SOURCE
#include "include/CLinux.h"

#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

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

void clinux_keep_free_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

void clinux_return_large_blocks(void) { mallopt(M_MMAP_THRESHOLD, 128 << 10); }

void clinux_return_free_memory(void) { malloc_trim(0); }

// Set before the handler is installed; the handler calls only what signal-safety(7) allows.
static int32_t termination = -1;
static atomic_flag terminating = ATOMIC_FLAG_INIT;

static void on_termination(int number) {
    if (atomic_flag_test_and_set(&terminating)) _exit(128 + number);
    int before = errno;
    eventfd_write(termination, (eventfd_t)number);
    errno = before;
}

int32_t clinux_catch_termination(void) {
    termination = eventfd(0, EFD_CLOEXEC);
    if (termination < 0) return -1;
    struct sigaction catch = {.sa_handler = on_termination, .sa_flags = SA_RESTART};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGTERM, &catch, NULL);
    sigaction(SIGINT, &catch, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
    return termination;
}

static int32_t hangup = -1;
static bool outlives_terminal;

static void on_hangup(int number, siginfo_t *info, void *context) {
    (void)context;
    if (info->si_code == SI_KERNEL && outlives_terminal) return;
    if (info->si_code == SI_KERNEL) return on_termination(number);
    int before = errno;
    eventfd_write(hangup, 1);
    errno = before;
}

int32_t clinux_catch_hangup(void) {
    hangup = eventfd(0, EFD_CLOEXEC);
    if (hangup < 0) return -1;
    struct sigaction before, catch = {.sa_sigaction = on_hangup, .sa_flags = SA_RESTART | SA_SIGINFO};
    sigaction(SIGHUP, NULL, &before);
    outlives_terminal = before.sa_handler == SIG_IGN;
    sigaction(SIGHUP, &catch, NULL);
    return hangup;
}
