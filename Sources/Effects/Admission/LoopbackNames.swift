/// Names and addresses that mean this machine (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3; RFC 6761, section 6.3).
package enum LoopbackNames {
    /// Whether a host, in lower case and without port, is a loopback one.
    package static func contains(_ host: String) -> Bool {
        if host == "127.0.0.1" || host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The host of `host`, `host:port`, `[address]` or `[address]:port`, in lower case and without brackets.
    package static func hostWithoutPort(_ text: String) -> String {
        let text = text.lowercased()
        if text.utf8.first == UInt8(ascii: "[") { return String(text.dropFirst().prefix { $0 != "]" }) }
        let bytes = text.utf8.span
        var colons: (count: Int, last: Int) = (0, 0)
        for place in bytes.indices where bytes[place] == UInt8(ascii: ":") { colons = (colons.count + 1, place) }
        guard colons.count == 1 else { return text }
        return String(text[..<text.utf8.index(text.startIndex, offsetBy: colons.last)])
    }
}
