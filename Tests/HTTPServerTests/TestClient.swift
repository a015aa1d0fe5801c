import Glibc

/// A plain blocking socket to a loopback port; every read gives up after thirty seconds.
final class TestClient {
    private let socket: Int32

    init(port: UInt16, isIPv6: Bool = false, receiveBuffer: Int32? = nil) {
        socket = Glibc.socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer { setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = in6addr_loopback
            connect(to: &address)
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            connect(to: &address)
        }
    }

    private func connect<Address>(to address: inout Address) {
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    deinit { close(socket) }

    func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }

    func shutDownWriting() { shutdown(socket, Int32(SHUT_WR)) }

    /// What arrives until that text does, the connection ends, or thirty seconds pass.
    func read(until end: String? = nil) -> String {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: received, as: UTF8.self)
            if let end, text.hasSuffix(end) { return text }
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { return text }
            received += buffer[..<count]
        }
    }

    /// The next bytes; empty when the connection has ended, nil when nothing came for thirty seconds.
    func readSome() -> String? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &buffer, buffer.count, 0)
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// Whether nothing has come within a few milliseconds.
    var readIsEmpty: Bool {
        var interest = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&interest, 1, 5) == 0
    }

    /// How many bytes come until the connection ends.
    func readCount() -> Int {
        var buffer = [UInt8](repeating: 0, count: 65536)
        var total = 0
        while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 { total += count }
        return total
    }
}
