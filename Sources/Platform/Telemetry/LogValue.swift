/// What a field of a log line may hold.
///
/// A prompt or a secret reaches a log only if a caller passes it here by hand.
package enum LogValue: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case flag(Bool)

    /// A length of time in whole microseconds.
    package static func microseconds(_ duration: Duration) -> LogValue {
        let (seconds, attoseconds) = duration.components
        return .integer(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .flag(value) }
}
