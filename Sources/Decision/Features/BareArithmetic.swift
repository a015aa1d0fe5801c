import Embedding

/// Whether a text asks for the value of an arithmetic expression and for nothing else.
///
/// Numbers joined by operators must be there, and every word must be one that people ask with. A minus or slash without
/// blanks on both sides may stand in a date, a range, a fraction or a set phrase (`2024-11-05`, `3-5`, `24/7`): such an
/// expression counts only beside a plain one or a word such as "calculate".
struct BareArithmetic {
    /// Whether the text is such a request.
    private(set) var isAsked = false

    /// The last thing before here that an operator may follow.
    private var afterNumber = false
    private var pending: Operator?
    private var plain = 0
    private var doubtful = 0
    private var isTold = false

    private enum Operator { case plain, doubtful }

    /// Judges valid UTF-8.
    init(_ text: Span<UInt8>) {
        var index = 0
        while index < text.count {
            guard let end = take(text, at: index) else { return }
            index = end
        }
        isAsked = plain > 0 || (doubtful > 0 && isTold)
    }

    /// Takes in what begins here; returns its end, or nil if it has no place in bare arithmetic.
    private mutating func take(_ text: Span<UInt8>, at index: Int) -> Int? {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return takeNumber(text, at: index)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return takeWord(text, at: index)
        case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "^"): join(.plain)
        case UInt8(ascii: "-"), UInt8(ascii: "/"):
            let isApart = text[clamped: index - 1] == 32 && text[clamped: index + 1] == 32
            join(isApart ? .plain : .doubtful)
        case 0xC3 where text[clamped: index + 1] == 0x97 || text[clamped: index + 1] == 0xB7:
            // The signs of multiplication and division.
            join(.plain)
            return index + 2
        case UInt8(ascii: "="): (isTold, afterNumber, pending) = (true, false, nil)
        case UInt8(ascii: "("): if afterNumber { return nil }
        case UInt8(ascii: ")"), UInt8(ascii: " "), UInt8(ascii: "%"): break
        case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "\n"),
            UInt8(ascii: ":"):
            (afterNumber, pending) = (false, nil)
        default: return nil
        }
        return index + 1
    }

    /// An operator needs a number before it; without one it is a sign.
    private mutating func join(_ kind: Operator) {
        guard afterNumber else { return }
        (afterNumber, pending) = (false, kind)
    }

    /// A number such as `12`, `0.5` or `1,200`, which touches no letter and is no part of a time or version.
    private mutating func takeNumber(_ text: Span<UInt8>, at start: Int) -> Int? {
        if afterNumber { return nil }
        var index = start
        var points = 0
        while true {
            while Self.isDigit(text[clamped: index]) { index += 1 }
            guard Self.isDigit(text[clamped: index + 1]) else { break }
            if text[index] == UInt8(ascii: ":") { return nil }
            if text[index] == UInt8(ascii: ".") { points += 1 } else if text[index] != UInt8(ascii: ",") { break }
            index += 1
        }
        guard points <= 1, !Self.isLetter(text[clamped: index]) else { return nil }
        switch pending {
        case .plain: plain += 1
        case .doubtful: doubtful += 1
        case nil: break
        }
        (afterNumber, pending) = (true, nil)
        return index
    }

    private mutating func takeWord(_ text: Span<UInt8>, at start: Int) -> Int? {
        var hash = WordHash()
        var index = start
        while Self.isLetter(text[clamped: index]) || text[clamped: index] == UInt8(ascii: "'") {
            if text[index] != UInt8(ascii: "'") { hash.add(text[index] | 0x20) }
            index += 1
        }
        let uses = Self.words.value(of: hash.value)
        // A letter and a digit make a name.
        if uses == 0 || Self.isDigit(text[clamped: index]) { return nil }
        if uses & Self.tells != 0 { isTold = true }
        if uses & Self.joins != 0 { join(.plain) } else { (afterNumber, pending) = (false, nil) }
        return index
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

    private static let asks: UInt64 = 1
    private static let tells: UInt64 = 2
    private static let joins: UInt64 = 4
    private static let words = WordTable([
        (
            "what whats is are the of how many does do work out find result answer value sum product difference "
                + "quotient please can could would you me tell give us hi hello hey quick quickly and so to now then",
            asks
        ),
        ("calculate compute evaluate solve simplify equal equals much", asks | tells),
        ("plus minus times divided multiplied by", joins),
    ])
}

extension Span<UInt8> {
    /// The byte at an index, 0 beyond the ends.
    fileprivate subscript(clamped index: Int) -> UInt8 { indices.contains(index) ? self[index] : 0 }
}
