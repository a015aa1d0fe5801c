/// A day as programs write it, `2024-12-24` or `2024-12-24T18:00`, held against what people say of days.
struct WrittenDate {
    private let month: Int
    private let day: Double

    private static let months = [
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
        "september sep sept", "october oct", "november nov", "december dec",
    ].map { Word.all(in: $0) }
    private static let relative = Word.all(
        in:
            "today tonight tomorrow yesterday now next this last week weekend month monday tuesday wednesday thursday friday "
            + "saturday sunday noon morning evening")

    /// nil for any other text.
    init?(_ text: [UInt8]) {
        guard text.count >= 10, text.count == 10 || text[10] == UInt8(ascii: "T") || text[10] == 32,
            text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            Digits.value(of: text[0..<4]) != nil, let month = Digits.value(of: text[5..<7]),
            let day = Digits.value(of: text[8..<10]), (1...12).contains(month)
        else { return nil }
        (self.month, self.day) = (Int(month), day)
    }

    /// Whether a conversation says its day and month, or speaks of days by what day it is.
    func isSaid(in conversation: Conversation) -> Bool {
        let hasMonth = conversation.holds(Double(month)) || conversation.says(anyOf: Self.months[month - 1])
        return hasMonth && conversation.holds(day) || conversation.says(anyOf: Self.relative)
    }
}
