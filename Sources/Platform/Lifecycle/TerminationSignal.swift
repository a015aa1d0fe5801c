internal import Glibc
internal import Synchronization

/// SIGTERM and SIGINT: the first asks for an orderly end, a second ends the process at once.
package enum TerminationSignal {
    private static let descriptor = Atomic<Int32>(-1)
    private static let isAsked = Atomic(false)

    /// Waits for the first signal; to be called once.
    ///
    /// SIGPIPE and SIGXFSZ are ignored from then on: a closed socket and a full disk are errors of the call.
    package static func wait() async {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return }
        descriptor.store(ends[1], ordering: .releasing)
        for number in [SIGTERM, SIGINT] {
            signal(number) { number in
                if TerminationSignal.isAsked.exchange(true, ordering: .relaxed) { _exit(128 + number) }
                var byte: UInt8 = 1
                _ = unsafe write(TerminationSignal.descriptor.load(ordering: .relaxed), &byte, 1)
            }
        }
        let reading = ends[0]
        await withCheckedContinuation { continuation in
            let waiter = Waiter(descriptor: reading, continuation: continuation)
            var thread = pthread_t()
            unsafe pthread_create(
                &thread, nil,
                { argument in
                    guard let argument = unsafe argument else { return nil }
                    let waiter = unsafe Unmanaged<Waiter>.fromOpaque(argument).takeRetainedValue()
                    var byte: UInt8 = 0
                    while unsafe read(waiter.descriptor, &byte, 1) < 0 && errno == EINTR {}
                    waiter.continuation.resume()
                    return nil
                }, Unmanaged.passRetained(waiter).toOpaque())
        }
    }

    private final class Waiter {
        let descriptor: Int32
        let continuation: CheckedContinuation<Void, Never>

        init(descriptor: Int32, continuation: CheckedContinuation<Void, Never>) {
            self.descriptor = descriptor
            self.continuation = continuation
        }
    }
}
