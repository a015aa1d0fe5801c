internal import Glibc

/// The time of the processor that a thread has had, however busy the machine is.
package enum ThreadTime {
    /// Of the calling thread, since it began; a system call, of half a microsecond.
    package static var used: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
