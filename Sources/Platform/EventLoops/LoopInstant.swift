internal import Glibc

/// A point of the monotonic clock (`CLOCK_MONOTONIC`), to the nanosecond; unrelated to the time of day.
package struct LoopInstant: InstantProtocol, Sendable {
    /// Nanoseconds since the clock's origin.
    package let nanoseconds: UInt64

    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// Asks the kernel; on a loop ``EventLoop/now`` is cheaper.
    package static var current: LoopInstant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return LoopInstant(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    package func advanced(by duration: Duration) -> LoopInstant {
        let sum = Int64(clamping: nanoseconds).addingReportingOverflow(duration.clampedNanoseconds)
        if sum.overflow { return LoopInstant(nanoseconds: .max) }
        return LoopInstant(nanoseconds: UInt64(max(0, sum.partialValue)))
    }

    package func duration(to other: LoopInstant) -> Duration {
        .nanoseconds(Int64(clamping: other.nanoseconds) - Int64(clamping: nanoseconds))
    }

    /// Whole microseconds from an earlier instant on.
    package func microseconds(since earlier: LoopInstant) -> Int64 {
        (Int64(clamping: nanoseconds) - Int64(clamping: earlier.nanoseconds)) / 1000
    }

    package static func < (left: LoopInstant, right: LoopInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Duration {
    /// Whole nanoseconds; what does not fit becomes the nearest bound (292 years).
    fileprivate var clampedNanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }
}
