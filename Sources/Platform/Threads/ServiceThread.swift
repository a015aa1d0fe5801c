internal import CLinux
internal import Glibc

/// A thread of its own for work that blocks.
package final class ServiceThread: Sendable {
    private let handle: pthread_t

    /// Starts a thread that runs `body` once, with every signal left to the other threads.
    ///
    /// `name` is shown by ps and top; 15 bytes at most.
    package init(name: String, body: @escaping @Sendable () -> Void) {
        var handle = pthread_t()
        var all = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        let argument = unsafe Unmanaged.passRetained(Start(name: name, body: body)).toOpaque()
        let code = unsafe pthread_create(
            &handle, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                unsafe clinux_name_thread(start.name)
                start.body()
                return nil
            }, argument)
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        precondition(code == 0, "the system has no thread left: raise the limit (ulimit -u)")
        self.handle = handle
    }

    /// Waits for the thread's end; either this or ``detach()`` is to be called, once.
    package func join() {
        pthread_join(handle, nil)
    }

    /// Lets the thread end by itself.
    package func detach() {
        pthread_detach(handle)
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
