/// A value that a statement is given.
package enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// The integer, or NULL for nil.
    package static func integer(_ number: Int?) -> SQLiteValue { number.map { .integer(Int64($0)) } ?? .null }

    /// The integer, or NULL for nil.
    package static func optional(_ number: Int64?) -> SQLiteValue { number.map { .integer($0) } ?? .null }

    /// The number, or NULL for nil.
    package static func optional(_ number: Double?) -> SQLiteValue { number.map { .real($0) } ?? .null }

    /// The text, or NULL for nil.
    package static func optional(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }

    /// The bytes, or NULL for nil.
    package static func optional(_ bytes: [UInt8]?) -> SQLiteValue { bytes.map { .blob($0) } ?? .null }
}
