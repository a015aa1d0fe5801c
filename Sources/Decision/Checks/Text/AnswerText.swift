import Dialogue

extension Answer {
    /// The beginning of the text that checks read.
    package var bytes: [UInt8] { Array(text.utf8.prefix(CheckBudget.mostBytes)) }

    /// The last user turn: what was asked, examples and all.
    package var ask: String { prompt.messages.last { $0.role == .user }?.text ?? "" }
}

extension ArraySlice<UInt8> {
    /// Without white space at either end.
    package var trimmed: ArraySlice<UInt8> {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start].isSpace { start += 1 }
        while end > start, self[end - 1].isSpace { end -= 1 }
        return self[start..<end]
    }

    /// As text, at most `limit` bytes of it, for a reason.
    func quoted(_ limit: Int = 60) -> String {
        String(decoding: prefix(limit), as: UTF8.self) + (count > limit ? "…" : "")
    }
}
