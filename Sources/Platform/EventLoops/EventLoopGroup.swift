internal import CLinux

/// One event loop for each core.
package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]

    /// Starts that many loops; one for each core that the process may use unless told otherwise.
    ///
    /// - Throws: when the process has no descriptor left.
    package init(count: Int? = nil) throws(EventLoopError) {
        let count = count ?? Int(clinux_usable_cores())
        precondition(count > 0, "a group has at least one loop")
        var loops: [EventLoop] = []
        for index in 0..<count { loops.append(try EventLoop(name: "loop-\(index)")) }
        self.loops = loops
    }

    /// Ends all loops; see ``EventLoop/stop()``.
    package func stop() async {
        for loop in loops { await loop.stop() }
    }
}
