internal import BytePairs
internal import Dialogue

/// Tokens as the encoding cl100k counts them exactly, for usage, and pieces of about a token each, for cutting.
enum TokenCount {
    static func of(_ text: String) -> Int { text.isEmpty ? 0 : BytePairEncoding.cl100k.count(text) }

    /// All turns and tools, with three tokens for each turn and three for the answer's opening, as OpenAI's cookbook
    /// counts the frame of a chat.
    static func of(_ prompt: Prompt) -> Int {
        prompt.messages.reduce(3) { $0 + 3 + of($1.content) }
            + prompt.tools.reduce(0) { sum, tool in
                sum + of(tool.name) + of(tool.description ?? "") + of(String(decoding: tool.parameters, as: UTF8.self))
            }
    }

    static func of(_ content: [ContentPart]) -> Int { content.reduce(0) { $0 + of($1) } }

    private static func of(_ part: ContentPart) -> Int {
        switch part {
        case .text(let text), .refusal(let text), .thinking(let text, _): of(text)
        case .toolCall(let call): 8 + of(call.name) + of(call.arguments)
        case .toolResult(let result): 4 + of(result.content)
        case .image: 85
        case .other(_, let json): of(String(decoding: json, as: UTF8.self))
        }
    }

    /// The longest beginning, in whole pieces, that has at most so many tokens; nil if that is the whole text.
    static func beginning(of text: String, maxTokens: Int) -> String? {
        // No token is shorter than a byte.
        guard text.utf8.count > maxTokens, of(text) > maxTokens else { return nil }
        let pieces = pieces(text)
        var fits = 0
        var exceeds = pieces.count
        while exceeds - fits > 1 {
            let middle = (fits + exceeds) / 2
            if of(pieces[..<middle].joined()) <= maxTokens { fits = middle } else { exceeds = middle }
        }
        return pieces[..<fits].joined()
    }

    /// Pieces that join to the text again: up to six letters with the space before them, up to three digits, or one
    /// mark.
    static func pieces(_ text: String) -> [Substring] {
        var pieces: [Substring] = []
        var start = text.startIndex
        while start < text.endIndex {
            var end = text.index(after: start)
            var kind = text[start]
            if kind == " ", end < text.endIndex, text[end].isLetter {
                kind = text[end]
                end = text.index(after: end)
            }
            var length = 1
            while end < text.endIndex, length < (kind.isLetter ? 6 : 3),
                kind.isLetter ? text[end].isLetter : kind.isNumber && text[end].isNumber
            {
                end = text.index(after: end)
                length += 1
            }
            pieces.append(text[start..<end])
            start = end
        }
        return pieces
    }
}
