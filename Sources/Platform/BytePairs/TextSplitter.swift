internal import CPCRE2

/// A compiled pattern that cuts text into the pieces within which pairs are merged.
@safe
final class TextSplitter: @unchecked Sendable {
    // Unchecked: PCRE2 lets any number of threads match by one compiled pattern.
    private let code: OpaquePointer

    /// Compiles a pattern of this module; one that does not compile is a programming error.
    init(pattern: String) {
        let units = Array(pattern.utf8)
        let options = UInt32(PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY)
        var error: Int32 = 0
        var offset = 0
        guard let code = unsafe pcre2_compile_8(units, units.count, options, &error, &offset, nil) else {
            preconditionFailure("the pattern does not compile at offset \(offset): PCRE2 error \(error)")
        }
        // Where there is no just-in-time compiler, matching falls back to the interpreter.
        _ = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        unsafe self.code = code
    }

    deinit {
        unsafe pcre2_code_free_8(code)
    }

    /// Calls `body` with each piece from left to right; together they are the whole text.
    func forEachPiece(of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        guard let base = text.baseAddress, let found = unsafe pcre2_match_data_create_8(1, nil) else { return }
        defer { unsafe pcre2_match_data_free_8(found) }
        let bounds = unsafe pcre2_get_ovector_pointer_8(found)
        let options = UInt32(PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED)
        var start = 0
        while start < text.count {
            let matched = unsafe pcre2_match_8(code, base, text.count, start, options, found, nil)
            // The patterns match anywhere; should PCRE2 run out of memory, the rest counts as one piece.
            var end = text.count
            if matched >= 0, let bounds = unsafe bounds, unsafe bounds[1] > start { unsafe end = bounds[1] }
            unsafe body(UnsafeBufferPointer(start: base + start, count: end - start))
            start = end
        }
    }
}
