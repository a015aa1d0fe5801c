/// A task that waits on the loop to be resumed, exactly once; unchecked, since it is on the path of every request.
@safe
package struct Suspension {
    private let continuation: UnsafeContinuation<Void, Never>

    /// Suspends the caller while a condition holds, after handing its suspension to the closure, which keeps it.
    ///
    /// The condition is asked where the suspension is kept: between the call and there others may run on the loop, and what was
    /// waited for may have come to pass.
    package static func suspend(while condition: () -> Bool, _ keep: (Suspension) -> Void) async {
        unsafe await withUnsafeContinuation { continuation in
            let suspension = unsafe Suspension(continuation: continuation)
            if condition() { keep(suspension) } else { suspension.resume() }
        }
    }

    /// Lets the task go on.
    package func resume() {
        unsafe continuation.resume()
    }
}
