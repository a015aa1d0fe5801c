/// References between schemas (RFC 3986 5.2, as far as schemas use it).
enum URIReference {
    /// A reference, seen from a base.
    static func resolve(_ reference: String, from base: String) -> String {
        let base = withoutFragment(base)
        if reference.isEmpty { return base }
        if reference.hasPrefix("#") { return base + reference }
        if hasScheme(reference) { return reference }
        guard let scheme = base.firstRange(of: "://") else { return reference }
        if reference.hasPrefix("//") { return base[..<scheme.lowerBound] + ":" + reference }
        let pathStart = base[scheme.upperBound...].firstIndex(of: "/") ?? base.endIndex
        let folder = base[pathStart...].lastIndex(of: "/").map { base[pathStart...$0] } ?? "/"
        let whole = reference.hasPrefix("/") ? reference : folder + reference
        let (path, fragment) = parts(of: whole)
        var steps: [Substring] = []
        for step in path.split(separator: "/", omittingEmptySubsequences: false) where step != "." {
            if step != ".." {
                steps.append(step)
            } else if steps.count > 1 {
                steps.removeLast()
            }
        }
        return base[..<pathStart] + steps.joined(separator: "/") + (fragment.map { "#" + $0 } ?? "")
    }

    static func withoutFragment(_ uri: String) -> String { String(parts(of: uri).path) }

    /// The fragment with its percent escapes resolved; empty without one.
    static func fragment(of uri: String) -> String {
        guard let fragment = parts(of: uri).fragment else { return "" }
        var bytes: [UInt8] = []
        var rest = Array(fragment.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func parts(of uri: String) -> (path: Substring, fragment: Substring?) {
        guard let mark = uri.firstIndex(of: "#") else { return (uri[...], nil) }
        return (uri[..<mark], uri[uri.index(after: mark)...])
    }

    private static func hasScheme(_ reference: String) -> Bool {
        guard let colon = reference.firstIndex(of: ":"), reference.first?.isLetter == true else { return false }
        return reference[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "+-.".contains($0) }
    }
}
