internal import CLinux
internal import Glibc
internal import Threads

/// The signals by which a process is asked to end: SIGTERM and SIGINT.
///
/// They belong to the process, so there is one of this. A second signal ends the process at once, with the exit status
/// that shells give it: 143 or 130. SIGPIPE and SIGXFSZ are ignored along with them:
/// writing to a closed socket or past the file size limit is an error, no end.
package enum TerminationSignal {
    private static let arrival: AsyncStream<Never> = catchSignals()

    /// Catches the signals from now on, so that one that comes before ``wait()`` is not lost and kills nobody.
    package static func prepare() {
        _ = arrival
    }

    /// Returns once the process has been asked to end, or the task is cancelled; any number of tasks may wait.
    package static func wait() async {
        for await _ in arrival {}
    }

    private static func catchSignals() -> AsyncStream<Never> {
        let (stream, end) = AsyncStream<Never>.makeStream()
        let descriptor = clinux_catch_termination()
        precondition(descriptor >= 0, "no file descriptor is left at the start: raise the limit (ulimit -n)")
        ServiceThread(name: "signals") {
            waitForEvent(descriptor)
            end.finish()
        }.detach()
        return stream
    }
}

/// Blocks the calling thread until the eventfd(2) has been written.
func waitForEvent(_ descriptor: Int32) {
    var number: eventfd_t = 0
    while unsafe eventfd_read(descriptor, &number) != 0, errno == EINTR {}
}
