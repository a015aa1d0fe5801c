internal import Glibc

/// Wakes one waiting thread; rings that nobody waited for are kept as one.
@safe
package final class Doorbell: @unchecked Sendable {
    @safe
    private struct State {
        @unsafe var mutex = unsafe pthread_mutex_t()
        var condition = pthread_cond_t()
        var hasRung = false
    }

    private let state: UnsafeMutablePointer<State>

    /// Creates a silent bell.
    package init() {
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State())
        unsafe pthread_mutex_init(&state.pointee.mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(&state.pointee.condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(&state.pointee.condition)
        unsafe pthread_mutex_destroy(&state.pointee.mutex)
        unsafe state.deallocate()
    }

    /// Wakes the waiter, now or when it next waits.
    package func ring() {
        unsafe pthread_mutex_lock(&state.pointee.mutex)
        unsafe state.pointee.hasRung = true
        unsafe pthread_cond_signal(&state.pointee.condition)
        unsafe pthread_mutex_unlock(&state.pointee.mutex)
    }

    /// Blocks until the bell has rung, or for `milliseconds` of the monotonic clock; nil waits for ever.
    package func wait(milliseconds: Int? = nil) {
        var end = timespec()
        if let milliseconds {
            unsafe clock_gettime(CLOCK_MONOTONIC, &end)
            let nanoseconds = end.tv_nsec + milliseconds % 1000 * 1_000_000
            end.tv_sec += milliseconds / 1000 + nanoseconds / 1_000_000_000
            end.tv_nsec = nanoseconds % 1_000_000_000
        }
        unsafe pthread_mutex_lock(&state.pointee.mutex)
        defer { unsafe pthread_mutex_unlock(&state.pointee.mutex) }
        var code: Int32 = 0
        while unsafe !state.pointee.hasRung && code == 0 {
            code =
                milliseconds == nil
                ? unsafe pthread_cond_wait(&state.pointee.condition, &state.pointee.mutex)
                : unsafe pthread_cond_timedwait(&state.pointee.condition, &state.pointee.mutex, &end)
        }
        unsafe state.pointee.hasRung = false
    }
}
