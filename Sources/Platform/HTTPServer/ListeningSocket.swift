internal import CLinux
internal import Glibc

/// Why a listener could not start.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    /// The host is no IPv4 or IPv6 address and not `localhost`.
    case notAnAddress(host: String)
    /// Another process listens there.
    case inUse(host: String, port: UInt16)
    /// The system refused, for the reason that errno names.
    case refused(host: String, port: UInt16, code: Int32)

    package var description: String {
        switch self {
        case .notAnAddress(let host):
            "cannot listen on \"\(host)\": give an IPv4 or IPv6 address, such as 127.0.0.1 or ::1, or localhost"
        case .inUse(let host, let port):
            "cannot listen on \(host):\(port): the port is in use; stop the other program or choose another port"
        case .refused(let host, let port, let code):
            "cannot listen on \(host):\(port): \(unsafe String(cString: strerror(code))); choose an address of this "
                + "machine and a port that you may use"
        }
    }
}

/// Opens the sockets of a listener, and tells addresses apart.
enum ListeningSocket {
    /// Opens as many sockets of one port as there are loops; the kernel spreads connections over them.
    static func open(
        count: Int, host: String, port: UInt16, backlog: Int32
    ) throws(ListenError) -> (sockets: [Int32], port: UInt16) {
        var address = try resolve(host)
        var port = port
        // A socket that does not share its port is refused when anybody listens there already; sharing ones are not.
        if port != 0 { close(try bind(&address, host, port, isShared: false)) }
        var sockets: [Int32] = []
        do throws(ListenError) {
            for _ in 0..<count {
                let socket = try bind(&address, host, port, isShared: true)
                sockets.append(socket)
                guard listen(socket, backlog) == 0 else { throw .refused(host: host, port: port, code: errno) }
                if port == 0 { port = boundPort(of: socket) }
            }
        } catch {
            for socket in sockets { close(socket) }
            throw error
        }
        return (sockets, port)
    }

    /// Whether the address is one of this machine's loopback addresses (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3).
    static func isLoopback(_ address: sockaddr_storage) -> Bool {
        unsafe withUnsafeBytes(of: address) { bytes in
            switch Int32(address.ss_family) {
            case AF_INET: return unsafe bytes[4] == 127
            case AF_INET6:
                let ip = unsafe bytes[8..<24]
                let prefix = unsafe Array(ip.prefix(12))
                if prefix == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] { return unsafe ip[ip.startIndex + 12] == 127 }
                return unsafe Array(ip) == [UInt8](repeating: 0, count: 15) + [1]
            default: return false
            }
        }
    }

    private static func resolve(_ host: String) throws(ListenError) -> sockaddr_storage {
        var storage = sockaddr_storage()
        var name = host == "localhost" ? "127.0.0.1" : host
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        let isFound = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            guard let base = bytes.baseAddress else { return false }
            if unsafe inet_pton(AF_INET, name, base + 4) == 1 {
                unsafe base.storeBytes(of: sa_family_t(AF_INET), as: sa_family_t.self)
                return true
            }
            unsafe base.storeBytes(of: sa_family_t(AF_INET6), as: sa_family_t.self)
            return unsafe inet_pton(AF_INET6, name, base + 8) == 1
        }
        guard isFound else { throw .notAnAddress(host: host) }
        return storage
    }

    private static func bind(
        _ address: inout sockaddr_storage, _ host: String, _ port: UInt16, isShared: Bool
    ) throws(ListenError) -> Int32 {
        let family = Int32(address.ss_family)
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(family, kind, 0)
        guard socket >= 0 else { throw .refused(host: host, port: port, code: errno) }
        set(SO_REUSEADDR, of: socket, level: SOL_SOCKET)
        if isShared { set(SO_REUSEPORT, of: socket, level: SOL_SOCKET) }
        let length = family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        let result = unsafe withUnsafeMutableBytes(of: &address) { bytes in
            unsafe bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe Glibc.bind(socket, pointer, socklen_t(length))
        }
        if result == 0 { return socket }
        let code = errno
        close(socket)
        throw code == EADDRINUSE
            ? .inUse(host: host, port: port) : .refused(host: host, port: port, code: code)
    }

    private static func boundPort(of socket: Int32) -> UInt16 {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            unsafe getsockname(socket, pointer, &length)
            return unsafe UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
        }
    }

    static func set(_ option: Int32, of socket: Int32, level: Int32) {
        var one: Int32 = 1
        unsafe setsockopt(socket, level, option, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}
