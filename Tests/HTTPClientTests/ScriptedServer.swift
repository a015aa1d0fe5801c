import Foundation
import Glibc
import Synchronization

/// A loopback server that does to each connection what a script says, on a thread of its own.
final class ScriptedServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let count = Mutex(0)

    /// How many connections have been taken.
    var connections: Int { count.withLock { $0 } }

    init(_ script: @escaping @Sendable (Peer) -> Void) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = Self.bind(listener)
        listen(listener, 16)
        Thread.detachNewThread { [listener, weak self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                self?.count.withLock { $0 += 1 }
                Thread.detachNewThread { script(Peer(connection)) }
            }
            close(listener)
        }
    }

    /// Serves each request of each connection with the same bytes.
    convenience init(answering response: String) {
        self.init { peer in
            while peer.readRequest() != nil { peer.send(response) }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Binds the socket to a free loopback port.
    static func bind(_ socket: Int32) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = Glibc.bind(socket, address, length)
                getsockname(socket, address, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }
}

/// The server's end of a connection; closed when let go.
final class Peer {
    private let socket: Int32
    private var unread: [UInt8] = []

    init(_ socket: Int32) {
        self.socket = socket
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    /// The next request with its body, or nil at the connection's end.
    func readRequest() -> String? {
        while true {
            let text = String(decoding: unread, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.upperBound]
                let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
                let total = head.utf8.count + (line.flatMap { Int($0.dropFirst(16)) } ?? 0)
                while unread.count < total { guard readSome() else { return nil } }
                defer { unread.removeFirst(total) }
                return String(decoding: unread[..<total], as: UTF8.self)
            }
            guard readSome() else { return nil }
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends as long as the client takes it, and says how many bytes that were once it takes none for two seconds.
    func sendUntilStalled(of bytes: [UInt8]) -> Int {
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                let piece = UnsafeRawBufferPointer(rebasing: $0[sent..<min(sent + 65536, $0.count)])
                return Glibc.send(socket, piece.baseAddress, piece.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        return sent
    }

    /// The peer is slow: what is tested is that the client waits, or does not.
    func pause(milliseconds: UInt32) { poll(nil, 0, Int32(milliseconds)) }

    /// Ends the server's side in order, at once.
    func end() { shutdown(socket, Int32(SHUT_WR)) }

    /// Ends the connection with a reset instead of in order, once it is let go.
    func reset() {
        var hard = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
    }

    /// Whether the client ends the connection within ten seconds.
    func waitForEnd() -> Bool {
        while readSome() { unread.removeAll() }
        return errno != EAGAIN
    }

    private func readSome() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        errno = 0
        let count = recv(socket, &buffer, buffer.count, 0)
        if count > 0 { unread += buffer[..<count] }
        return count > 0
    }
}

/// A value that a server's thread sets and a test waits for.
final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [CheckedContinuation<Value, Never>] = []
    }

    private let state = Mutex(State())

    func set(_ value: Value) {
        let waiters = state.withLock { state in
            state.value = value
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }

    func wait() async -> Value {
        await withCheckedContinuation { waiter in
            let value = state.withLock { state in
                if state.value == nil { state.waiters.append(waiter) }
                return state.value
            }
            if let value { waiter.resume(returning: value) }
        }
    }
}

extension Signal where Value == Void {
    func set() { set(()) }
}
