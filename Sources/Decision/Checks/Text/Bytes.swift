import Embedding

extension UInt8 {
    /// The ASCII letter in lower case; every other byte as it is.
    package var lowercased: UInt8 { self >= 65 && self <= 90 ? self | 32 : self }
    /// 0 to 9.
    package var isDigit: Bool { self >= 48 && self <= 57 }
    /// An ASCII letter.
    package var isLetter: Bool { (self | 32) >= 97 && (self | 32) <= 122 }
    /// ASCII white space.
    package var isSpace: Bool { self == 32 || (self >= 9 && self <= 13) }
    /// A letter, a digit or a byte of a character beyond ASCII.
    package var isWordByte: Bool { isLetter || isDigit || self >= 0x80 }
}

extension ArraySlice<UInt8> {
    /// Without white space at either end.
    package var trimmed: ArraySlice<UInt8> {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start].isSpace { start += 1 }
        while end > start, self[end - 1].isSpace { end -= 1 }
        return self[start..<end]
    }

    /// How many lines end in it.
    var lineEnds: Int {
        var (count, place) = (0, startIndex)
        while let end = index(of: 10, from: place) { (count, place) = (count + 1, end + 1) }
        return count
    }

    /// As text, at most `limit` bytes of it, for a reason.
    func quoted(_ limit: Int = 60) -> String {
        String(decoding: prefix(limit), as: UTF8.self) + (count > limit ? "…" : "")
    }

    /// The first place of a byte from a place on.
    func index(of byte: UInt8, from start: Int) -> Int? {
        span.index(of: byte, from: start - startIndex).map { startIndex + $0 }
    }

    /// The last place of a byte.
    func lastIndex(ofByte byte: UInt8) -> Int? {
        let span = span
        var end = span.index(of: byte, from: 0) == nil ? 0 : span.count
        while end > 0 {
            let start = Swift.max(0, end - 8)
            // Without what lies behind the end.
            let lanes = span.eightBytes(at: start).lanes(of: byte) << UInt64(8 * (8 - (end - start)))
            if lanes != 0 { return startIndex + end - 1 - lanes.leadingZeroBitCount / 8 }
            end = start
        }
        return nil
    }

    /// The first place of some bytes from a place on.
    func index(of mark: [UInt8], from start: Int) -> Int? {
        guard let first = mark.first else { return nil }
        var start = start
        while let place = index(of: first, from: start) {
            if self[place...].starts(with: mark) { return place }
            start = place + 1
        }
        return nil
    }
}
