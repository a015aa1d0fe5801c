/// The question itself in what a user writes: without worked examples before it, and without options to choose from.
struct AskedQuestion {
    let text: ArraySlice<UInt8>

    /// The most of a question that is looked at, in bytes.
    private static let mostBytes = 4_000
    /// What is shorter than this after an example is no question.
    private static let leastBytes = 24
    private static let mark = Array("nswer".utf8)

    init(in ask: [UInt8], options: AnswerOptions?) {
        var end = ask.count
        if let first = options?.options.first {
            end = first.text.startIndex
            while end > 0, ask[end - 1] != 10 { end -= 1 }
        }
        var start = max(0, end - Self.mostBytes)
        var place = start
        while let colon = ask[..<end].index(of: UInt8(ascii: ":"), from: place) {
            place = colon + 1
            guard ask[..<colon].suffix(Self.mark.count).elementsEqual(Self.mark) else { continue }
            let after = Self.endOfExample(in: ask[..<end], answeredAt: place)
            guard ask[after..<end].trimmed.count >= Self.leastBytes else { break }
            start = after
        }
        text = ask[start..<end].trimmed
    }

    /// The end of the line on which an example's answer stands: that of its mark, or the next.
    private static func endOfExample(in ask: ArraySlice<UInt8>, answeredAt place: Int) -> Int {
        let end = ask.index(of: 10, from: place) ?? ask.endIndex
        guard end < ask.endIndex, ask[place..<end].trimmed.isEmpty else { return end }
        return ask.index(of: 10, from: end + 1) ?? ask.endIndex
    }
}
