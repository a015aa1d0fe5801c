/// A task that waits on the loop to be resumed, exactly once; unchecked, since it is on the path of every request.
@safe
package struct Suspension {
    private let continuation: UnsafeContinuation<Void, Never>

    /// Suspends the caller after handing its suspension to the closure, which keeps it.
    package static func suspend(_ keep: (Suspension) -> Void) async {
        unsafe await withUnsafeContinuation { keep(unsafe Suspension(continuation: $0)) }
    }

    /// Lets the task go on.
    package func resume() {
        unsafe continuation.resume()
    }
}
