/// What a number can be, by what was asked for.
enum Plausibility {
    private static let counted = PhraseList(["how many"])
    private static let measured = PhraseList([
        "how many times", "how many percent", "how many degrees", "hours", "minutes", "miles", "kilometers", "meters",
        "feet", "inches", "pounds", "ounces", "grams", "liters", "gallons", "cups", "years", "days", "weeks", "dollars",
        "cents", "average", "kg", "km", "acres", "square*", "moles", "more", "less", "change",
    ])
    private static let probability = PhraseList(["the probability", "what is the chance", "how likely"])
    private static let signed = PhraseList([
        "negative", "change", "difference", "temperature", "charge", "minus", "elevation", "balance", "profit", "loss",
    ])

    /// Why a value cannot answer what is asked; nil if it can; a quotient is no percentage.
    static func fault(of value: Double, isQuotient: Bool = false, asked: ArraySlice<UInt8>) -> String? {
        guard let question = asked.lastQuestion else { return nil }
        let words = Word.all(in: question)[...]
        func speaks(of phrases: PhraseList) -> Bool {
            !phrases.ranges(in: question, words: words, limit: 1).isEmpty
        }
        if speaks(of: probability), value < 0 || value > (isQuotient ? 1 : 100) {
            return "a probability does not lie outside 0 and 1"
        }
        guard speaks(of: counted) else { return nil }
        if value < 0, !speaks(of: signed) { return "a count is not negative" }
        if value != value.rounded(), !speaks(of: measured) {
            return "a count is a whole number"
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// The last sentence that ends in a question mark.
    fileprivate var lastQuestion: ArraySlice<UInt8>? {
        guard let end = lastIndex(of: UInt8(ascii: "?")) else { return nil }
        var start = end
        while start > startIndex, !"\n.?!".utf8.contains(self[start - 1]) {
            start -= 1
        }
        return self[start..<end]
    }
}
