/// Summarises a text by its first sentences.
enum Summary {
    static func solve(_ ask: Ask) -> Solution? {
        guard ask.mentions("summarise", "summarize", "summary", "tl;dr", "sum up") else { return nil }
        let sentences = sentences(of: ask.material)
        guard let first = sentences.first, let last = sentences.last else { return nil }
        let wanted = ask.mentions("two sentences") ? 2 : ask.mentions("three sentences") ? 3 : 1
        return Solution(
            sentences.prefix(wanted).joined(separator: " "), difficulty: 0.15 + 0.03 * Double(sentences.count),
            mistakes: sentences.count > wanted ? [last] : [String(first.prefix(first.count / 2))])
    }

    /// Sentences with their marks; a mark counts only before white space or at the end.
    static func sentences(of text: String) -> [String] {
        var found: [String] = []
        var sentence = ""
        for (character, next) in zip(text, text.dropFirst().map(Optional.some) + [nil]) {
            sentence.append(character)
            if ".!?".contains(character), next?.isWhitespace ?? true {
                found.append(sentence)
                sentence = ""
            } else if sentence.allSatisfy(\.isWhitespace) {
                sentence = ""
            }
        }
        return sentence.isEmpty ? found : found + [sentence]
    }
}
