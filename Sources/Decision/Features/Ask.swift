import Dialogue
import Embedding

/// What a prompt asks for: the last user turn, with the one before if it is short, shortened to its ends if it is long.
///
/// To be used again and again by one thread, for the room it has.
struct Ask {
    /// Valid UTF-8 of at most ``limit`` characters and a line break.
    private(set) var text: [UInt8] = []
    private(set) var omittedBytes = 0
    /// How many Unicode scalars more there were before shortening.
    private(set) var omittedCharacters = 0
    /// Whether the text is the last user turn and all of it.
    private(set) var isLastTurn = true
    /// The place of the message that is the text and nothing else; nil where none is.
    private(set) var message: Int?

    /// An ask of more characters keeps the first 300 and the last 900.
    static let limit = 1200
    private static let head = 300
    /// An ask of fewer words leans on the turn before it.
    private static let shortWords = 40

    /// Reads the ask of a prompt in place of the last one.
    mutating func read(_ prompt: Prompt) {
        text.removeAll(keepingCapacity: true)
        (omittedBytes, omittedCharacters) = (0, 0)
        message = nil
        var turns = 0
        for index in prompt.messages.indices.reversed() where prompt.messages[index].role == .user {
            turns += 1
            if text.isEmpty {
                append(prompt.messages[index])
                message = index
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
        // No text has more characters than bytes.
        if text.count > Self.limit { shorten(text.span.scalarCount) }
        isLastTurn = turns <= 1 && omittedBytes == 0
        if !isLastTurn || text.isEmpty || message.map({ prompt.messages[$0].content.count }) != 1 { message = nil }
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

    /// Leaves the middle out if there are too many characters.
    private mutating func shorten(_ characters: Int) {
        guard characters > Self.limit else { return }
        let headEnd = text.span.offset(ofScalar: Self.head)
        let tailStart = text.span.offset(ofScalar: characters - (Self.limit - Self.head))
        omittedBytes = tailStart - headEnd
        // A line break takes their place.
        omittedCharacters = characters - Self.limit - 1
        text.replaceSubrange(headEnd..<tailStart, with: CollectionOfOne(UInt8(ascii: "\n")))
    }

    private static func isShort(_ text: Span<UInt8>) -> Bool {
        var words = 0
        var before: UInt64 = 0
        for start in stride(from: 0, to: text.count, by: 64) {
            let visible = ~ByteBits(text, at: start).blanks
            words += (visible & ~(visible << 1 | before >> 63)).nonzeroBitCount
            if words >= shortWords { return false }
            before = visible
        }
        return true
    }
}

extension Span<UInt8> {
    /// The Unicode scalars of valid UTF-8.
    fileprivate var scalarCount: Int {
        stride(from: 0, to: count, by: 64).reduce(count) { $0 - ByteBits(self, at: $1).continuations.nonzeroBitCount }
    }

    /// Where the scalar of this number, counted from 0, begins in valid UTF-8 that has more.
    fileprivate func offset(ofScalar number: Int) -> Int {
        var left = number
        for start in stride(from: 0, to: count, by: 64) {
            var scalars = ~ByteBits(self, at: start).continuations
            if scalars.nonzeroBitCount <= left {
                left -= scalars.nonzeroBitCount
                continue
            }
            for _ in 0..<left { scalars &= scalars - 1 }
            return start + scalars.trailingZeroBitCount
        }
        return count
    }
}
