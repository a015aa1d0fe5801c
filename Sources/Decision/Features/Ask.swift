import Dialogue

/// What a prompt asks for: the last user turn, with the one before if it is short, shortened to its ends if it is long.
struct Ask {
    /// Valid UTF-8 of at most ``limit`` characters and a line break.
    private(set) var text: [UInt8] = []
    /// Unicode scalars before shortening.
    private(set) var characters = 0
    private(set) var omittedBytes = 0

    /// An ask of more characters keeps the first 300 and the last 900.
    static let limit = 1200
    private static let head = 300
    /// An ask of fewer words leans on the turn before it.
    private static let shortWords = 40

    init(of prompt: Prompt) {
        let users = prompt.messages.indices.reversed().lazy.filter { prompt.messages[$0].role == .user }
        for index in users.prefix(2) {
            let turn = Array(prompt.messages[index].text.utf8)
            if turn.isEmpty { continue }
            if text.isEmpty {
                text = turn
                guard Self.isShort(turn) else { break }
            } else {
                text = turn + [UInt8(ascii: "\n")] + text
            }
        }
        characters = text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        if characters > Self.limit { shorten() }
    }

    private mutating func shorten() {
        var seen = 0
        var headEnd = 0
        var tailStart = text.count
        for (index, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
            if seen == Self.head { headEnd = index }
            if seen == characters - (Self.limit - Self.head) {
                tailStart = index
                break
            }
            seen += 1
        }
        omittedBytes = tailStart - headEnd
        text = Array(text[..<headEnd]) + [UInt8(ascii: "\n")] + text[tailStart...]
    }

    private static func isShort(_ text: [UInt8]) -> Bool {
        var count = 0
        var inWord = false
        for byte in text {
            let isWord = byte > 32
            if isWord, !inWord { count += 1 }
            if count == shortWords { return false }
            inWord = isWord
        }
        return true
    }
}
