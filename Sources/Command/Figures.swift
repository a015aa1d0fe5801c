internal import Glibc
internal import Statistics

/// Numbers for people.
enum Figures {
    /// Three significant digits, without an exponent and without zeros at the end.
    static func significant(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "0" }
        let decimals = max(2 - Int(log10(value.magnitude).rounded(.down)), 0)
        guard decimals > 0, decimals <= 15 else { return decimals > 0 ? "0" : "\(Int(value.rounded()))" }
        let scale = Int(pow(10, Double(decimals)))
        let whole = Int((value.magnitude * Double(scale)).rounded())
        let digits = String(whole % scale)
        var fraction = String(repeating: "0", count: decimals - digits.count) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return (value < 0 && whole > 0 ? "-" : "") + "\(whole / scale)" + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// A share in percent, one decimal.
    static func percent(_ share: Double) -> String {
        let tenths = Int((share.magnitude * 1000).rounded())
        return (share < 0 && tenths > 0 ? "−" : "") + "\(tenths / 10).\(tenths % 10) %"
    }

    /// A difference of shares in percentage points, with its sign.
    static func points(_ difference: Double) -> String {
        let hundredths = Int((difference.magnitude * 10_000).rounded())
        let sign = hundredths == 0 ? "" : difference < 0 ? "−" : "+"
        return sign + "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
    }

    /// An interval of what a function writes.
    static func interval(_ interval: Interval, _ write: (Double) -> String) -> String {
        "\(write(interval.lower)) to \(write(interval.upper))"
    }
}
