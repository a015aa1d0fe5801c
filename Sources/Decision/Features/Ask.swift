import Dialogue
import Embedding

/// What a prompt asks for: the last user turn, with the one before if it is short, shortened to its ends if it is long.
///
/// To be used again and again by one thread, for the room it has.
struct Ask {
    /// Valid UTF-8 of at most ``limit`` characters and a line break.
    private(set) var text: [UInt8] = []
    /// Unicode scalars before shortening.
    private(set) var characters = 0
    private(set) var omittedBytes = 0
    /// Whether the text is the last user turn and all of it.
    private(set) var isLastTurn = true

    /// An ask of more characters keeps the first 300 and the last 900.
    static let limit = 1200
    private static let head = 300
    /// An ask of fewer words leans on the turn before it.
    private static let shortWords = 40

    /// Reads the ask of a prompt in place of the last one.
    mutating func read(_ prompt: Prompt) {
        text.removeAll(keepingCapacity: true)
        omittedBytes = 0
        var turns = 0
        for index in prompt.messages.indices.reversed() where prompt.messages[index].role == .user {
            turns += 1
            if text.isEmpty {
                append(prompt.messages[index])
                if !text.isEmpty, !Self.isShort(text.span) { break }
            } else {
                let later = text
                text.removeAll(keepingCapacity: true)
                append(prompt.messages[index])
                if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
                text += later
            }
            if turns == 2 { break }
        }
        characters = text.span.scalarCount(text.indices)
        isLastTurn = turns <= 1 && characters <= Self.limit
        if characters > Self.limit { shorten() }
    }

    /// Adds the text parts of a turn, joined by line breaks.
    private mutating func append(_ turn: Message) {
        var isFirst = true
        for case .text(let part) in turn.content {
            if !isFirst { text.append(UInt8(ascii: "\n")) }
            text.append(contentsOf: part.utf8)
            isFirst = false
        }
    }

    private mutating func shorten() {
        let headEnd = text.span.offset(ofScalar: Self.head)
        let tailStart = text.span.offset(ofScalar: characters - (Self.limit - Self.head))
        omittedBytes = tailStart - headEnd
        text.replaceSubrange(headEnd..<tailStart, with: CollectionOfOne(UInt8(ascii: "\n")))
    }

    private static func isShort(_ text: Span<UInt8>) -> Bool {
        var words = 0
        var before: UInt64 = 0
        var index = 0
        while index < text.count, words < shortWords {
            let visible = text.eightBytes(at: index).visible
            words += EightBytes.count(visible & ~(visible << 8 | before))
            before = visible >> 56
            index += 8
        }
        return words < shortWords
    }
}

extension Span<UInt8> {
    /// The Unicode scalars that begin in a range of valid UTF-8.
    fileprivate func scalarCount(_ range: Range<Int>) -> Int {
        var continuations = 0
        var index = range.lowerBound
        while index + 8 <= range.upperBound {
            continuations += EightBytes.count(eightBytes(at: index).continuations)
            index += 8
        }
        while index < range.upperBound {
            if self[index] & 0xC0 == 0x80 { continuations += 1 }
            index += 1
        }
        return range.count - continuations
    }

    /// Where the scalar of this number, counted from 0, begins in valid UTF-8 that has more.
    fileprivate func offset(ofScalar number: Int) -> Int {
        var seen = 0
        var index = 0
        while index + 8 <= count {
            let scalars = 8 - EightBytes.count(eightBytes(at: index).continuations)
            if seen + scalars > number { break }
            seen += scalars
            index += 8
        }
        while index < count {
            if self[index] & 0xC0 != 0x80 {
                if seen == number { break }
                seen += 1
            }
            index += 1
        }
        return index
    }
}
