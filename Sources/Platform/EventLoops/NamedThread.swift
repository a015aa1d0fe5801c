internal import CLinux
internal import Glibc

/// Runs the body on a new detached thread of that name (15 bytes of it are kept).
///
/// The thread takes no signal but those of a crash, so that a process handles signals where it decided to.
func startThread(named name: String, _ body: @escaping @Sendable () -> Void) {
    final class Start {
        let name: String
        let body: @Sendable () -> Void

        init(_ name: String, _ body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    var masked = sigset_t()
    var previous = sigset_t()
    unsafe sigfillset(&masked)
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT] { unsafe sigdelset(&masked, signal) }
    unsafe pthread_sigmask(SIG_SETMASK, &masked, &previous)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }

    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { unsafe pthread_attr_destroy(&attributes) }

    var thread = pthread_t()
    let start = unsafe Unmanaged.passRetained(Start(String(name.prefix(15)), body))
    let code = unsafe pthread_create(
        &thread, &attributes,
        { argument in
            guard let argument = unsafe argument else { return nil }
            let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
            unsafe clinux_name_thread(start.name)
            start.body()
            return nil
        }, start.toOpaque())
    precondition(code == 0, "cannot start a thread: raise the limit of processes (ulimit -u)")
}
