import Glibc
import Lifecycle
import Testing

/// Signals are the whole process's, so each test runs in a process of its own.
@Suite(.timeLimit(.minutes(1)))
struct TerminationSignalTests {
    @Test func `the first signal ends the wait, not the process`() async {
        await #expect(processExitsWith: .success) {
            TerminationSignal.prepare()
            kill(getpid(), SIGINT)
            await TerminationSignal.wait()
            await TerminationSignal.wait()
        }
    }

    @Test func `a second SIGTERM ends the process with 143`() async {
        await #expect(processExitsWith: .exitCode(143)) {
            TerminationSignal.prepare()
            kill(getpid(), SIGINT)
            await TerminationSignal.wait()
            kill(getpid(), SIGTERM)
            while true { pause() }
        }
    }

    @Test func `a second SIGINT ends the process with 130`() async {
        await #expect(processExitsWith: .exitCode(130)) {
            TerminationSignal.prepare()
            kill(getpid(), SIGTERM)
            await TerminationSignal.wait()
            kill(getpid(), SIGINT)
            while true { pause() }
        }
    }

    @Test func `writing to a pipe nobody reads is an error and no end`() async {
        await #expect(processExitsWith: .success) {
            TerminationSignal.prepare()
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            close(ends[0])
            #expect(write(ends[1], [1], 1) == -1 && errno == EPIPE)
        }
    }

    @Test func `a wait ends with its task`() async {
        await #expect(processExitsWith: .success) {
            let waiting = Task { await TerminationSignal.wait() }
            waiting.cancel()
            await waiting.value
        }
    }
}
