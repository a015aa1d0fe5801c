internal import CLinux
internal import Glibc

/// Where a URL leads.
struct Destination {
    /// Host and port as the `Host` field has them.
    let authority: String
    /// Path and query.
    let target: String
    /// The socket address if the native transport can take it: plain http to an address or to `localhost`; names are
    /// looked up by libcurl, off the loop.
    let plainAddress: SocketAddress?

    /// Takes an absolute `http` or `https` URL without user information (RFC 9110, section 4.2).
    init(_ url: String) throws(ClientError) {
        let rest: Substring
        let isSecure: Bool
        if url.hasPrefix("http://") {
            isSecure = false
            rest = url.dropFirst("http://".count)
        } else if url.hasPrefix("https://") {
            isSecure = true
            rest = url.dropFirst("https://".count)
        } else {
            throw .badURL("a URL begins with http:// or https://")
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest.dropFirst(authority.count).prefix { $0 != "#" }
        target = path.hasPrefix("/") ? String(path) : "/" + path
        guard !authority.isEmpty, !authority.contains("@"),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .badURL("a URL has a host, no user name and no blanks") }
        self.authority = String(authority)
        var name = authority
        var port = UInt16(isSecure ? 443 : 80)
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(digits) else {
                throw .badURL("a port is a number up to 65535")
            }
            port = number
            name = authority[..<colon]
        }
        if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
        guard !name.isEmpty else { throw .badURL("a URL has a host") }
        plainAddress =
            isSecure ? nil : SocketAddress(host: name == "localhost" ? "127.0.0.1" : String(name), port: port)
    }
}

/// An IPv4 or IPv6 address and a port.
struct SocketAddress {
    private let storage: sockaddr_storage
    private let length: socklen_t
    let family: Int32

    /// nil if the host is no address.
    init?(host: String, port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        var storage = sockaddr_storage()
        if unsafe inet_pton(AF_INET, host, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: four, as: sockaddr_in.self) }
            family = AF_INET
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
        } else if unsafe inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: six, as: sockaddr_in6.self) }
            family = AF_INET6
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        } else {
            return nil
        }
        self.storage = storage
    }

    /// Begins to connect a socket that does not block: 0 or errno.
    func connect(_ socket: Int32) -> Int32 {
        unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(socket, $0, length) == 0 ? 0 : errno
            }
        }
    }
}
