extension JSONWriter {
    package mutating func string(_ string: String) {
        let bytes = string.utf8.span
        let isPlain = !JSONEscapes.areNeeded(in: bytes)
        begin(atMost: (isPlain ? 1 : JSONEscapes.mostBytes) * bytes.count + 2)
        text.put(UInt8(ascii: "\""))
        if isPlain { put(bytes) } else { JSONEscapes.put(bytes, into: &text) }
        text.put(UInt8(ascii: "\""))
    }

    /// Puts bytes into room that was reserved.
    @inline(__always)
    private mutating func put(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { unsafe text.put(start, count: source.count) }
        }
    }

    /// Writes bytes as a string, in Base64.
    package mutating func base64(_ bytes: [UInt8]) {
        begin(atMost: Base64.length(of: bytes.count) + 2)
        text.put(UInt8(ascii: "\""))
        Base64.put(bytes.span, into: &text)
        text.put(UInt8(ascii: "\""))
    }

    package mutating func int(_ number: Int) {
        begin(atMost: 20)
        if number < 0 { text.put(UInt8(ascii: "-")) }
        var rest = number.magnitude
        if rest < 10 { return text.put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)) }
        // From the last digit on: dividing by a constant is multiplying.
        var digits: InlineArray<20, UInt8> = InlineArray(repeating: 0)
        var start = digits.count
        while rest > 0 {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        put(digits.span.extracting(start...))
    }

    /// Writes a number in its shortest form that reads back the same; what is not finite becomes `null`.
    package mutating func double(_ number: Double) {
        guard number.isFinite else { return null() }
        // Those have no exponent in their shortest form; the sign of zero is not an integer's.
        if let whole = Int(exactly: number), whole.magnitude < 1 << 53, whole != 0 || number.sign == .plus {
            return int(whole)
        }
        let text = String(number)
        raw((text.hasSuffix(".0") ? String(text.dropLast(2)) : text).utf8)
    }

    package mutating func bool(_ flag: Bool) {
        raw((flag ? "true" : "false").utf8)
    }

    package mutating func null() {
        raw("null".utf8)
    }

    /// Writes text that is known to be one JSON value.
    package mutating func raw(_ json: some Collection<UInt8>) {
        begin(atMost: json.count)
        let isPut: Void? = json.withContiguousStorageIfAvailable { bytes in
            if let start = bytes.baseAddress { unsafe text.put(start, count: bytes.count) }
        }
        if isPut == nil { for byte in json { text.put(byte) } }
    }

    /// Writes a value of a document as it was sent.
    package mutating func value(_ value: JSONValue) {
        raw(value.raw)
    }
}
