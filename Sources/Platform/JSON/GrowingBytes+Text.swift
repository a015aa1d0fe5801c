extension GrowingBytes {
    /// Puts text into room that was reserved, or nothing at all if JSON demands that something in it be escaped; says which.
    mutating func put(plain text: Span<UInt8>) -> Bool {
        let bytes = unsafe text.bytes
        let count = bytes.byteCount
        guard count >= 8 else {
            for at in text.indices {
                let byte = text[at]
                if JSONEscapes.mustEscape(byte) { return false }
                set(byte, at: at)
            }
            advance(by: count)
            return true
        }
        var marks: UInt64 = 0
        var at = 0
        while at < count {
            // The last eight bytes, some of which may have been seen before.
            let place = min(at, count - 8)
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
            marks |= JSONEscapes.marks(in: word)
            set(word, at: place)
            at += 8
        }
        guard marks == 0 else { return false }
        advance(by: count)
        return true
    }

    /// The most bytes that a number has in decimal digits.
    static let mostDecimals = 20

    /// Puts a number in decimal digits into room that was reserved.
    @inline(__always)
    mutating func put(decimal number: Int) {
        if (0..<10).contains(number) {
            put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
        } else {
            put(long: number)
        }
    }

    @inline(never)
    private mutating func put(long number: Int) {
        if number < 0 { put(UInt8(ascii: "-")) }
        var rest = number.magnitude
        // Two digits at a time, from the last on: dividing by a constant is multiplying.
        var digits: InlineArray<20, UInt8> = InlineArray(repeating: 0)
        var start = digits.count
        while rest >= 10 {
            let pair = UInt8(truncatingIfNeeded: rest % 100)
            rest /= 100
            start -= 2
            digits[start] = UInt8(ascii: "0") + pair / 10
            digits[start + 1] = UInt8(ascii: "0") + pair % 10
        }
        if rest > 0 {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)
        }
        unsafe digits.span.extracting(start...).withUnsafeBufferPointer { digits in
            if let first = digits.baseAddress { unsafe put(first, count: digits.count) }
        }
    }

    /// Puts a number in as few hexadecimal digits as it needs into room that was reserved.
    mutating func put(hexadecimal number: UInt64) {
        var shift = max(0, 60 - (number.leadingZeroBitCount & ~3))
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15
            put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            shift -= 4
        }
    }
}
