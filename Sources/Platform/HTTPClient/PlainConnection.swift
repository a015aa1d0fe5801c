internal import CLinux
internal import EventLoops
internal import Glibc
internal import HTTPMessages

/// One connection to a plain-http server; serves one transfer at a time.
final class PlainConnection: DescriptorHandler, TurnEndHandler {
    /// A kept connection keeps no more room than most requests need.
    private static let keptCapacity = 16 * 1024

    let authority: String
    private let socket: Int32
    private let loop: EventLoop
    private weak var pool: PlainTransport?
    private let parser: ResponseParser
    private let deadline: Deadline
    private var transfer: Transfer?
    private var out: [UInt8] = []
    private var sent = 0
    /// The loop's polls when it was put away.
    private var keptAt = 0
    private var isConnected = false
    private var isClosed = false

    /// Begins to connect; nil if the system gives no socket or refuses at once.
    init?(
        to address: SocketAddress, authority: String, loop: EventLoop, settings: ClientSettings, pool: PlainTransport
    ) {
        self.authority = authority
        self.loop = loop
        self.pool = pool
        parser = ResponseParser(maximumHeaderBytes: settings.maximumHeaderBytes)
        deadline = Deadline(loop: loop)
        socket = Glibc.socket(
            address.family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return nil }
        var on: Int32 = 1
        unsafe setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        let code = address.connect(socket)
        guard code == 0 || code == EINPROGRESS else {
            Glibc.close(socket)
            return nil
        }
        isConnected = code == 0
        loop.watch(socket, for: isConnected ? .read : [.read, .write], handler: self)
    }

    /// Sends a transfer's request, and reports the response to it.
    func begin(_ transfer: Transfer, _ head: RequestHead) {
        self.transfer = transfer
        transfer.begin(by: deadline)
        head.write(transfer.request, to: &out)
        parser.begin(isHead: transfer.request.method == "HEAD")
        transfer.onAbort = {
            self.transfer = nil
            self.close()
        }
        transfer.onDrained = { self.watch() }
        guard isConnected else { return }
        transfer.connected()
        loop.callAtTurnEnd(self)
    }

    func ready(_ descriptor: Int32, _ readiness: Readiness) {
        if !isConnected {
            guard completeConnection() else { return }
        }
        if readiness.contains(.write), sent < out.count { flush() }
        if !isClosed, !readiness.isDisjoint(with: .input) { receive() }
    }

    func turnEnds() {
        if !isClosed { flush() }
    }

    /// Whether the loop has asked since the connection was put away, and would have told of its end.
    var isKnownFit: Bool { keptAt < loop.polls }

    /// Whether a kept connection is still open and silent.
    var isFit: Bool {
        var byte: UInt8 = 0
        return unsafe recv(socket, &byte, 1, Int32(MSG_PEEK)) < 0 && errno == EAGAIN
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        deadline.cancel()
        loop.unwatch(socket)
        Glibc.close(socket)
    }

    private func completeConnection() -> Bool {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else {
            end(.connect)
            return false
        }
        isConnected = true
        transfer?.connected()
        flush()
        return !isClosed
    }

    private func flush() {
        while sent < out.count {
            let count = unsafe out.withUnsafeBytes { bytes in
                unsafe send(
                    socket, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                // The peer may have answered before it stopped reading: what it said is read first.
                sent = out.count
            }
        }
        if sent == out.count {
            if out.capacity > Self.keptCapacity { out = [] } else { out.removeAll(keepingCapacity: true) }
            sent = 0
        }
        watch()
    }

    private func watch() {
        guard !isClosed else { return }
        var interest = Readiness()
        if transfer?.isFull != true { interest.insert(.read) }
        if sent < out.count { interest.insert(.write) }
        if interest.isEmpty { loop.unwatch(socket) } else { loop.watch(socket, for: interest, handler: self) }
    }

    private func receive() {
        let buffer = unsafe loop.readBuffer
        let count = unsafe recv(socket, buffer.baseAddress, buffer.count, 0)
        guard count > 0 else {
            if count < 0 && (errno == EAGAIN || errno == EINTR) { return }
            // A body that ends with the connection ends well only if the peer closed it in order.
            return count == 0 ? endOfInput() : end(lost)
        }
        guard let transfer else { return dropIdle() }
        let outcome = unsafe parser.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: transfer)
        conclude(outcome, transfer)
    }

    private func conclude(_ outcome: ResponseParser.Outcome, _ transfer: Transfer) {
        switch outcome {
        case .incomplete:
            if transfer.isFull { watch() }
            transfer.notify()
        case .complete(let mayServeAgain):
            self.transfer = nil
            transfer.finish()
            transfer.notify()
            guard mayServeAgain, out.isEmpty, let pool else { return close() }
            keptAt = loop.polls
            pool.keep(self)
        case .failed(let error):
            end(error)
        }
    }

    private func endOfInput() {
        guard let transfer else { return dropIdle() }
        if case .complete = parser.finish(to: transfer) {
            self.transfer = nil
            transfer.finish()
            transfer.notify()
            return close()
        }
        end(lost)
    }

    private var lost: ClientError { .closed(transfer?.hasHead == true ? .afterHead : .beforeHead) }

    /// A kept connection has spoken or ended while nobody asked: it cannot serve again.
    private func dropIdle() {
        pool?.drop(self)
        close()
    }

    private func end(_ error: ClientError) {
        let ending = transfer
        transfer = nil
        close()
        ending?.fail(error)
        ending?.notify()
    }
}
