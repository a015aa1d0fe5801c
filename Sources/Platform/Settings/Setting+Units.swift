extension Setting {
    /// Bytes: `16 MB` (powers of 1000), `16 MiB` (powers of 1024) or a plain number.
    package func bytes(in bounds: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        let units = [
            "": 1, "b": 1, "kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000, "kib": 1 << 10, "mib": 1 << 20,
            "gib": 1 << 30,
        ]
        guard let bytes = Self.scaled(text, by: units), bounds.contains(bytes) else {
            mistake(
                "should be a size such as 16 MB, from \(bounds.lowerBound) to \(bounds.upperBound) bytes, not '\(text)'"
            )
            return nil
        }
        return bytes
    }

    /// A time: `500ms`, `30s`, `5m` or `1h`.
    package func duration(in bounds: ClosedRange<Duration>) -> Duration? {
        guard let text = text() else { return nil }
        guard let duration = Self.duration(text), bounds.contains(duration) else {
            mistake(
                "should be a time such as 30s or 500ms, from \(bounds.lowerBound) to \(bounds.upperBound), not '\(text)'"
            )
            return nil
        }
        return duration
    }

    /// A number of days: `400 days`, `1 day` or `30d`.
    package func days(in bounds: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        guard let days = Self.scaled(text, by: ["days": 1, "day": 1, "d": 1]), bounds.contains(days) else {
            mistake("should be \(bounds.lowerBound) to \(bounds.upperBound) days, such as 400 days, not '\(text)'")
            return nil
        }
        return days
    }

    /// Reads a time as settings, options and headers spell it: `500ms`, `30s`, `5m` or `1h`; nil if it is none.
    package static func duration(_ text: String) -> Duration? {
        scaled(text, by: ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]).map { .milliseconds($0) }
    }

    /// A price in dollars for a million tokens, `$0.15` or `0.15`, as whole picodollars for a token.
    ///
    /// A dollar for a million tokens is exactly a million picodollars for one, so six decimals lose nothing.
    package func picodollarsPerToken() -> Int64? {
        guard let text = text() else { return nil }
        let digits = text.hasPrefix("$") ? text.dropFirst() : text[...]
        guard let count = Self.millionths(digits), count <= 1_000_000_000_000 else {
            mistake("should be dollars for a million tokens, such as 0.15, with six decimals at most, not '\(text)'")
            return nil
        }
        return count
    }

    private static func scaled(_ text: String, by units: [String: Int]) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "_" }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        guard let number = Int(digits.filter { $0 != "_" }), let factor = units[unit] else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }

    private static func millionths(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : ""
        let digits = parts[0] + fraction
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), fraction.count <= 6 else { return nil }
        return Int64(digits + String(repeating: "0", count: 6 - fraction.count))
    }
}
