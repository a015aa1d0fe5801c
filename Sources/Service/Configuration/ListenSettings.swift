internal import Admission

/// Where the gateway listens, and what a client may ask of it.
package struct ListenSettings: Hashable, Sendable {
    /// An address or name without brackets.
    package var host = "127.0.0.1"
    /// 0 takes a free one.
    package var port = 4141
    /// The longest request body, in bytes.
    package var maxBody = 16_000_000
    package var maxConnections = 4096
    /// How long clients may take.
    package var timeouts = ListenerTimeouts()
    /// Names beside the loopback ones by which clients call.
    package var hosts: [String] = []
    /// Web origins that may call.
    package var origins: [String] = []

    package init() {}

    /// Host and port as a URL has them.
    package var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Whether only this machine can connect.
    package var isLoopback: Bool { LoopbackNames.contains(host) }

    /// Whether it takes connections at all addresses of this machine.
    var isWildcard: Bool { host == "0.0.0.0" || host == "::" }

    /// Takes `HOST:PORT`, `[ADDRESS]:PORT` or `:PORT`; false if it is none of them.
    package mutating func take(address: String) -> Bool {
        guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]) else {
            return false
        }
        var host = address[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return false
        }
        self.host = host.isEmpty ? "0.0.0.0" : host.lowercased()
        self.port = Int(port)
        return true
    }
}
