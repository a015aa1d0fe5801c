/// The options that a prompt gives to choose from.
package struct AnswerOptions {
    struct Option {
        /// The letter in upper case, or the digit.
        let label: UInt8
        let text: ArraySlice<UInt8>
    }

    let options: [Option]

    /// The last block of at least two options with ascending labels: `A) …`, `(A) …`, `A. …`, `1) …`, on lines of their own.
    package init?(in prompt: [UInt8]) {
        let text = prompt.suffix(32_000)
        var block: [Option] = []
        var last: [Option] = []
        var place = text.startIndex
        while place < text.endIndex {
            let end = text.index(of: 10, from: place) ?? text.endIndex
            let line = text[place..<end]
            place = end + 1
            guard let option = Self.option(line) else { continue }
            if let before = block.last, option.label == before.label + 1 {
                block.append(option)
            } else if option.label == UInt8(ascii: "A") || option.label == UInt8(ascii: "1") {
                block = [option]
            } else {
                continue
            }
            if block.count >= 2 { last = block }
        }
        guard last.count >= 2, last.count <= 26 else { return nil }
        // A numbered list is one of options only where letters of choice are asked for.
        guard
            last[0].label != UInt8(ascii: "1")
                || !Self.asksForOne.ranges(in: prompt.suffix(600), limit: 1).isEmpty
        else { return nil }
        options = last
    }

    private static let asksForOne = PhraseList(["option*", "choose", "which of the following", "choice*", "select"])

    private static func option(_ line: ArraySlice<UInt8>) -> Option? {
        var rest = line.trimmed
        let isBracketed = rest.first == UInt8(ascii: "(")
        if isBracketed { rest = rest.dropFirst() }
        guard let label = rest.first, label.isLetter || (label >= 49 && label <= 57) else { return nil }
        rest = rest.dropFirst()
        guard let mark = rest.first, mark == UInt8(ascii: ")") || (!isBracketed && ".:".utf8.contains(mark)) else {
            return nil
        }
        let text = rest.dropFirst()
        guard text.isEmpty || text.first?.isSpace == true || mark == UInt8(ascii: ")") else { return nil }
        return Option(label: label.isLetter ? label & 0xDF : label, text: text.trimmed)
    }

    /// Which option a final answer names, by its label or, if it has none, by its whole text.
    package func chosen(by answer: ArraySlice<UInt8>) -> Int? {
        let labels = Self.labels(in: answer)
        if let label = labels.first { return options.firstIndex { $0.label == label } }
        let canonical = FinalAnswer.canonical(answer)
        return canonical.isEmpty ? nil : options.firstIndex { FinalAnswer.canonical($0.text) == canonical }
    }

    /// Which option a whole answer chooses: the one that it states, else the label that it ends with.
    package func chosen(in answer: [UInt8], stating final: FinalAnswer?) -> Int? {
        if let final, final.form != .implied, let place = chosen(by: answer[final.range]) { return place }
        let last = Self.labels(in: answer.suffix(200)).last
        return last.flatMap { label in options.firstIndex { $0.label == label } }
    }

    /// Single letters or digits that stand alone: `(D)`, `D.`, `D`; a small `a` and `I` before a word are no labels.
    static func labels(in answer: ArraySlice<UInt8>) -> [UInt8] {
        var labels: [UInt8] = []
        for place in answer.indices where labels.count < 8 {
            let byte = answer[place]
            guard byte.isLetter || byte.isDigit else { continue }
            if place > answer.startIndex, answer[place - 1].isWordByte || answer[place - 1] == 46 { continue }
            let next = place + 1 < answer.endIndex ? answer[place + 1] : 0
            if next.isWordByte || next == UInt8(ascii: "'") { continue }
            let isMarked =
                next == UInt8(ascii: ")") || next == UInt8(ascii: ".") || next == UInt8(ascii: ":") || next == 0
                || next == UInt8(ascii: "*") || next == UInt8(ascii: "}") || next == UInt8(ascii: ",") || next == 10
            if byte >= 97, !isMarked || byte.isDigit { continue }
            if byte.isDigit, !isMarked { continue }
            if byte == UInt8(ascii: "A") || byte == UInt8(ascii: "I"), next == 32, !isMarked { continue }
            labels.append(byte.isLetter ? byte & 0xDF : byte)
        }
        return labels
    }
}
