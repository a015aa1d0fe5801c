internal import Dialogue

/// Tokens of simulated answers, counted much as a word-piece tokeniser would.
enum TokenCount {
    static func of(_ text: String) -> Int { pieces(text).count }

    /// All turns and tools, with three tokens for each turn and three for the answer's opening.
    static func of(_ prompt: Prompt) -> Int {
        prompt.messages.reduce(3) { $0 + 3 + $1.content.reduce(0) { $0 + of($1) } }
            + prompt.tools.reduce(0) { sum, tool in
                sum + of(tool.name) + of(tool.description ?? "") + of(String(decoding: tool.parameters, as: UTF8.self))
            }
    }

    static func of(_ part: ContentPart) -> Int {
        switch part {
        case .text(let text), .refusal(let text), .thinking(let text, _): of(text)
        case .toolCall(let call): 8 + of(call.name) + of(call.arguments)
        case .toolResult(let result): result.content.reduce(4) { $0 + of($1) }
        case .image: 85
        case .other(_, let json): of(String(decoding: json, as: UTF8.self))
        }
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
