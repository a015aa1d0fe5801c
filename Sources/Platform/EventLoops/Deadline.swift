/// One time-out that moves often and expires seldom: moving it later, or off, costs no timer.
///
/// Bound to the loop.
package final class Deadline {
    /// Called on the loop when the time is up; forgotten when the deadline is stopped for good.
    package var onExpiry: () -> Void = {}

    private let loop: EventLoop
    private var due: LoopInstant?
    private var timer: (due: LoopInstant, token: TimerToken)?

    package init(loop: EventLoop) {
        self.loop = loop
    }

    /// Whether it is running.
    package var isSet: Bool { due != nil }

    /// Starts it anew, from the beginning of this turn of the loop.
    package func set(after delay: Duration) {
        set(at: loop.now.advanced(by: delay))
    }

    /// Starts it anew.
    package func set(at due: LoopInstant) {
        self.due = due
        arm()
    }

    /// Stops it, and leaves the timer to be found without work or to be used again.
    package func clear() {
        due = nil
    }

    /// Stops it for good.
    package func cancel() {
        due = nil
        if let timer { loop.cancel(timer.token) }
        timer = nil
        onExpiry = {}
    }

    private func arm() {
        guard let due else { return }
        if let timer {
            if timer.due <= due { return }
            loop.cancel(timer.token)
        }
        timer = (due, loop.schedule(at: due) { self.fire() })
    }

    private func fire() {
        timer = nil
        guard let due else { return }
        if due > loop.now { return arm() }
        self.due = nil
        onExpiry()
    }
}
