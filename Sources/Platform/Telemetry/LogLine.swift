/// The bytes of one log line, built field by field.
struct LogLine {
    private(set) var bytes: [UInt8] = []
    private let format: LogFormat

    init(format: LogFormat) {
        self.format = format
        bytes.reserveCapacity(256)
        if format == .json { bytes.append(UInt8(ascii: "{")) }
    }

    mutating func add(_ key: StaticString, _ value: LogValue) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: format == .json ? "," : " ")) }
        if format == .json {
            quote(key.description)
            bytes.append(UInt8(ascii: ":"))
        } else {
            bytes += key.description.utf8
            bytes.append(UInt8(ascii: "="))
        }
        switch value {
        case .text(let text): add(text)
        case .integer(let integer): bytes += "\(integer)".utf8
        case .number(let number) where number.isFinite: bytes += "\(number)".utf8
        case .number(let number): add("\(number)")
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        }
    }

    mutating func end() {
        if format == .json { bytes.append(UInt8(ascii: "}")) }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func add(_ text: String) {
        let special = Array("\"=\\".utf8)
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !special.contains($0) }
        if format == .text && isPlain && !text.isEmpty { bytes += text.utf8 } else { quote(text) }
    }

    /// JSON's string syntax (RFC 8259, section 7); C1 controls are escaped too, since some terminals obey them.
    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                bytes += "\\u".utf8
                bytes += String(repeating: "0", count: 4 - digits.utf8.count).utf8
                bytes += digits.utf8
            default: bytes += Array(String(scalar).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
