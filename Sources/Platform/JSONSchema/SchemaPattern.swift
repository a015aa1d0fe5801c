internal import CPCRE2

/// A regular expression of a schema: ECMA-262 as far as PCRE2 speaks it.
///
/// Immutable once compiled; PCRE2 allows the same code to be matched from many threads.
@safe
final class SchemaPattern: @unchecked Sendable {
    private let code: OpaquePointer
    private let context: OpaquePointer?

    /// The most steps of one match, so that no pattern can run away.
    private static let mostSteps: UInt32 = 100_000

    /// Names of Unicode properties that PCRE2 knows by their short forms only.
    private static let properties = [
        "{Letter}": "{L}", "{Number}": "{N}", "{Decimal_Number}": "{Nd}", "{digit}": "{Nd}", "{Punctuation}": "{P}",
        "{Uppercase_Letter}": "{Lu}", "{Lowercase_Letter}": "{Ll}", "{Symbol}": "{S}", "{Separator}": "{Z}",
    ]

    /// nil if the pattern is none.
    init?(_ pattern: String) {
        var text = pattern
        for (long, short) in Self.properties where text.contains(long) {
            text = text.split(separator: long, omittingEmptySubsequences: false).joined(separator: short)
        }
        let units = Array(text.utf8)
        var error: Int32 = 0
        var offset = 0
        let options =
            UInt32(PCRE2_UTF) | UInt32(PCRE2_DOLLAR_ENDONLY) | UInt32(PCRE2_ALT_BSUX)
            | UInt32(PCRE2_MATCH_UNSET_BACKREF)
        guard let code = unsafe pcre2_compile_8(units, units.count, options, &error, &offset, nil) else { return nil }
        unsafe self.code = code
        unsafe context = pcre2_match_context_create_8(nil)
        unsafe pcre2_set_match_limit_8(context, Self.mostSteps)
        unsafe pcre2_set_depth_limit_8(context, 10_000)
    }

    deinit {
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_code_free_8(code)
    }

    /// Whether a text holds a match; nil where finding out would take too long.
    func matches(_ text: String) -> Bool? {
        guard let found = unsafe pcre2_match_data_create_8(1, nil) else { return nil }
        defer { unsafe pcre2_match_data_free_8(found) }
        let units = Array(text.utf8)
        let matched = unsafe pcre2_match_8(code, units, units.count, 0, 0, found, context)
        if matched >= 0 { return true }
        return matched == PCRE2_ERROR_NOMATCH ? false : nil
    }
}
