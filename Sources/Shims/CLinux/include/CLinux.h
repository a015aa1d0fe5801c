#pragma once
// What Swift's Glibc module lacks. The headers are read with the feature macros of that module: another choice here
// would define the same types twice.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/// accept4(2): the new socket does not block, and is closed on exec.
int32_t clinux_accept(int32_t listener, struct sockaddr_storage *_Nonnull peer);

/// pthread_setname_np(3) for the calling thread.
void clinux_name_thread(const char *_Nonnull name);

/// The number of cores that the process may run on (sched_getaffinity(2)), at least 1.
int32_t clinux_usable_cores(void);

/// Takes blocks of the disk for the first `bytes` of a file and leaves its length alone (fallocate(2)); 0 or an errno.
int32_t clinux_reserve(int32_t file, int64_t bytes);

/// Makes malloc keep what is freed, up to a gigabyte of it and blocks of up to 32 MB, for good (mallopt(3)).
void clinux_keep_free_memory(void);

/// Makes malloc give blocks from 128 kB on back to the system when they are freed, for good (mallopt(3)).
///
/// Left alone it raises that limit with the first large block that is freed, and what a burst needed stays for ever.
void clinux_return_large_blocks(void);

/// Gives back to the system what was freed and malloc still holds (malloc_trim(3)).
void clinux_return_free_memory(void);

/// Catches SIGTERM and SIGINT from now on and ignores SIGPIPE; to be called once.
///
/// Returns an eventfd(2) from which the first signal's number can be read, or -1 with errno. A second signal ends the
/// process at once with status 128 and its number, as a shell reports it.
int32_t clinux_catch_termination(void);

/// Catches SIGHUP from now on; to be called once, after clinux_catch_termination.
///
/// Returns an eventfd(2) that can be read once the signal has been sent, or -1 with errno. The SIGHUP by which the kernel
/// itself tells that the terminal is gone ends the process like SIGTERM, unless SIGHUP was ignored before (nohup(1)).
int32_t clinux_catch_hangup(void);
