import Glibc
import Lifecycle
import Testing

/// Signals are the whole process's, so each test runs in a process of its own.
@Suite(.timeLimit(.minutes(1)))
struct ReloadSignalTests {
    @Test func `SIGHUP asks, also before anybody listens, and again`() async {
        await #expect(processExitsWith: .success) {
            ReloadSignal.prepare()
            kill(getpid(), SIGHUP)
            var count = 0
            for await _ in ReloadSignal.arrivals {
                count += 1
                if count == 3 { break }
                kill(getpid(), SIGHUP)
            }
        }
    }

    @Test func `it does not end the process, and SIGTERM still does`() async {
        await #expect(processExitsWith: .success) {
            ReloadSignal.prepare()
            kill(getpid(), SIGHUP)
            for await _ in ReloadSignal.arrivals { break }
            kill(getpid(), SIGTERM)
            await TerminationSignal.wait()
        }
    }
}
