internal import CLinux
internal import Threads

/// The signal by which a process is asked to read its configuration again: SIGHUP.
///
/// It belongs to the process, so there is one of this. When the kernel sends it because the terminal is gone, it ends the
/// process as ``TerminationSignal`` does.
package enum ReloadSignal {
    /// An element for each time the process is asked, from the first use of this on; for one reader.
    ///
    /// Those that come before one has been taken count as one.
    package static let arrivals: AsyncStream<Void> = catchSignal()

    /// Catches the signal from now on, so that one that comes early kills nobody.
    package static func prepare() {
        _ = arrivals
    }

    private static func catchSignal() -> AsyncStream<Void> {
        let (stream, arrival) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        TerminationSignal.prepare()
        let descriptor = clinux_catch_hangup()
        precondition(descriptor >= 0, "no file descriptor is left at the start: raise the limit (ulimit -n)")
        ServiceThread(name: "reload") {
            while true {
                waitForEvent(descriptor)
                arrival.yield()
            }
        }.detach()
        return stream
    }
}
