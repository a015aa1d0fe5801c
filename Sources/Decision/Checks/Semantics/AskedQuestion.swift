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
        if let option = options?.options.first {
            end = option.text.startIndex
            while end > 0, ask[end - 1] != 10 { end -= 1 }
        }
        let first = max(0, end - Self.mostBytes)
        // From the end on, for there the last example is near.
        var start: Int?
        var window = end
        while start == nil, window > first {
            let before = max(first, window - Self.window)
            start = Self.endOfLastExample(in: ask[..<end], marked: before..<window)
            window = before
        }
        text = ask[(start ?? first)..<end].trimmed
    }

    private static let window = 512

    /// Where the last example ends whose answer is marked in a part of the text, if a question follows.
    private static func endOfLastExample(in ask: ArraySlice<UInt8>, marked part: Range<Int>) -> Int? {
        var (found, place): (Int?, Int) = (nil, part.lowerBound)
        while let colon = ask[..<part.upperBound].index(of: UInt8(ascii: ":"), from: place) {
            place = colon + 1
            guard ask[..<colon].suffix(mark.count).elementsEqual(mark) else { continue }
            let after = endOfExample(in: ask, answeredAt: place)
            guard ask[after...].trimmed.count >= leastBytes else { break }
            found = after
        }
        return found
    }

    /// The end of the line on which an example's answer stands: that of its mark, or the next.
    private static func endOfExample(in ask: ArraySlice<UInt8>, answeredAt place: Int) -> Int {
        let end = ask.index(of: 10, from: place) ?? ask.endIndex
        guard end < ask.endIndex, ask[place..<end].trimmed.isEmpty else { return end }
        return ask.index(of: 10, from: end + 1) ?? ask.endIndex
    }
}
