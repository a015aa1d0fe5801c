extension JSONWriter {
    package mutating func string(_ string: String) {
        let bytes = string.utf8.span
        begin(atMost: bytes.count + 2)
        put(quoted: bytes)
    }

    /// Puts text as a string into room that was reserved for it, unless something in it must be escaped: that takes more.
    mutating func put(quoted bytes: Span<UInt8>) {
        text.put(UInt8(ascii: "\""))
        if !text.put(plain: bytes) {
            text.reserve(JSONEscapes.mostBytes * bytes.count + 1)
            JSONEscapes.put(bytes, into: &text)
        }
        text.put(UInt8(ascii: "\""))
    }

    /// Writes bytes as a string, in Base64.
    package mutating func base64(_ bytes: [UInt8]) {
        begin(atMost: Base64.length(of: bytes.count) + 2)
        text.put(UInt8(ascii: "\""))
        Base64.put(bytes.span, into: &text)
        text.put(UInt8(ascii: "\""))
    }

    package mutating func int(_ number: Int) {
        begin(atMost: GrowingBytes.mostDecimals)
        text.put(decimal: number)
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
        begin(atMost: 5)
        put(flag)
    }

    /// Puts a boolean value into room that was reserved.
    mutating func put(_ flag: Bool) {
        let word: StaticString = flag ? "true" : "false"
        unsafe text.put(word.utf8Start, count: word.utf8CodeUnitCount)
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
