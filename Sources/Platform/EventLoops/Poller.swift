internal import CLinux
internal import Glibc

/// Why a loop could not be made.
package struct EventLoopError: Error, Equatable, CustomStringConvertible {
    /// The errno of the call that failed.
    package let code: Int32

    package var description: String {
        "cannot start an event loop: \(unsafe String(cString: strerror(code))) (raise the limit of open files, ulimit -n)"
    }
}

/// An epoll set and who handles each of its descriptors, with an eventfd by which other threads end a wait.
@safe
final class Poller {
    /// A descriptor's handler; `generation` tells a reused descriptor number from the one an event was meant for.
    private struct Registration {
        var handler: (any DescriptorHandler)?
        var interest: Readiness = []
        var generation: UInt32 = 0
    }

    private static let batch = 256

    private let epoll: Int32
    private let wakeUp: Int32
    private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Poller.batch)
    private var registrations: [Registration] = []

    init() throws(EventLoopError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard epoll >= 0, wakeUp >= 0 else { throw EventLoopError(code: errno) }
        control(EPOLL_CTL_ADD, wakeUp, .read, generation: 0)
    }

    deinit {
        close(epoll)
        close(wakeUp)
        unsafe events.deallocate()
    }

    /// Ends the current or the next wait; callable from any thread.
    func wake() {
        eventfd_write(wakeUp, 1)
    }

    /// Sets what to wait for; the kernel is asked only when that changes.
    func watch(_ descriptor: Int32, for interest: Readiness, handler: any DescriptorHandler) {
        let index = Int(descriptor)
        while registrations.count <= index { registrations.append(Registration()) }
        let isNew = registrations[index].handler == nil
        registrations[index].handler = handler
        guard isNew || registrations[index].interest != interest else { return }
        registrations[index].interest = interest
        let operation = isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        control(operation, descriptor, interest, generation: registrations[index].generation)
    }

    func unwatch(_ descriptor: Int32) {
        let index = Int(descriptor)
        guard registrations.indices.contains(index), registrations[index].handler != nil else { return }
        registrations[index].handler = nil
        registrations[index].generation &+= 1
        control(EPOLL_CTL_DEL, descriptor, [], generation: 0)
    }

    /// Waits at most `milliseconds` (-1: without end), calls the handlers, and says whether ``wake()`` was called.
    ///
    /// `afterWait` is told whether these are all whose descriptors are ready.
    func poll(milliseconds: Int32, afterWait: (_ isAll: Bool) -> Void) -> Bool {
        let count = unsafe epoll_wait(epoll, events, Int32(Poller.batch), milliseconds)
        afterWait((0..<Int32(Poller.batch)).contains(count))
        var wasWoken = false
        for index in 0..<max(0, Int(count)) {
            let event = unsafe events[index]
            let key = unsafe event.data.u64
            let descriptor = Int32(truncatingIfNeeded: key)
            if descriptor == wakeUp {
                wasWoken = true
                var ignored: eventfd_t = 0
                unsafe eventfd_read(wakeUp, &ignored)
                continue
            }
            let registration = registrations[Int(descriptor)]
            guard registration.generation == UInt32(truncatingIfNeeded: key >> 32) else { continue }
            registration.handler?.ready(descriptor, Readiness(rawValue: unsafe event.events))
        }
        return wasWoken
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ interest: Readiness, generation: UInt32) {
        let key = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        var event = unsafe epoll_event(events: interest.rawValue, data: epoll_data_t(u64: key))
        unsafe epoll_ctl(epoll, operation, descriptor, &event)
    }
}
