import Dialogue
import Embedding

extension Check {
    /// Whether the answer is there and came to its end.
    static let ending = Check(name: "completeness.ending", applies: { _ in true }) { answer, budget, findings in
        let text = answer.bytes
        let body = text[...].trimmed
        // With tools at hand a short answer is a call and a long one an explanation: length tells of neither.
        let isPlain = answer.prompt.tools.isEmpty
        findings.signals[isPlain ? .logLength : .lengthBesideTools] = logarithm(Double(text.count) / 200)
        findings.signals[.tools] = isPlain ? 0 : 1
        if body.isEmpty {
            guard answer.toolCalls.isEmpty else { return }
            findings.signals[.empty] = 1
            findings.add(Evidence("completeness.ending", .fails, strength: 1, "the answer is empty"))
            return
        }
        findings.signals[.logLines] = isPlain ? logarithm(Double(body.lineEnds)) : 0
        // A limit that the client set cuts any model's answer off.
        if answer.finish == .length, answer.prompt.maxOutputTokens == nil {
            findings.signals[.cutOff] = 1
            findings.add(Evidence("completeness.ending", .fails, strength: 0.9, "it was cut off at the output limit"))
        } else if answer.finish == .contentFilter || answer.finish == .refusal {
            findings.signals[.refusal] = 1
            findings.add(Evidence("completeness.ending", .fails, strength: 1, "the provider withheld the answer"))
        }
        let balance = Balance(body, answer.marks)
        if balance.openFence {
            findings.signals[.openFence] = isPlain ? 1 : 0
            findings.add(Evidence("completeness.ending", .fails, strength: 0.7, "a code block is not closed"))
        }
        if balance.open > 0 {
            findings.signals[.openBrackets] = isPlain ? logarithm(Double(balance.open)) : 0
            findings.add(
                Evidence("completeness.ending", .unclear, strength: 0.2, "\(balance.open) brackets are not closed"))
        }
        if isPlain, answer.finish != .length, let last = answer.words.last, breaksOff(behind: last, in: body) {
            findings.signals[.cutOff] = 1
            findings.add(
                Evidence(
                    "completeness.ending", .fails, strength: 0.7, "it breaks off in the middle of a sentence",
                    span: max(body.startIndex, body.endIndex - 40)..<body.endIndex))
        } else if let last = body.last, body.count > 120, last.isLetter || last == UInt8(ascii: ",") || last.isDigit,
            !balance.openFence
        {
            findings.signals[.noFullStop] = isPlain ? 1 : 0
            findings.add(
                Evidence(
                    "completeness.ending", .unclear, strength: 0.3, "its last sentence does not end",
                    span: max(body.startIndex, body.endIndex - 40)..<body.endIndex))
        }
        findings.signals[isPlain ? .hasFence : .fenceBesideTools] = balance.hasFence ? 1 : 0
        guard isPlain else { return }
        findings.signals[.notation] = logarithm(Double(balance.backslashes))
        findings.signals[.elisions] = logarithm(Double(balance.ellipses))
    }
}

/// Words with which no sentence ends.
private let openers = WordTable(
    "and or the a an of to with for by from that which because if as than but is are was were")

/// Whether a text of some length ends with a word, in small letters, with which no sentence ends.
private func breaksOff(behind last: Word, in text: ArraySlice<UInt8>) -> Bool {
    text.count > 40 && last.range.upperBound == text.endIndex && openers.contains(last)
        && text[last.range].allSatisfy { $0 >= UInt8(ascii: "a") } && text[last.range.lowerBound - 1] == 32
}

/// Brackets and fences of a text that are still open at its end, and marks that it has on the way.
private struct Balance {
    private(set) var open = 0
    private(set) var openFence = false
    private(set) var hasFence = false
    /// Those of LaTeX, or of what is quoted.
    private(set) var backslashes = 0
    /// Three full stops, by which something is left out.
    private(set) var ellipses = 0

    init(_ text: ArraySlice<UInt8>, _ marks: ByteSet) {
        ellipses = Self.ellipses(in: text)
        guard marks.holdsAny(of: Self.counted) else { return }
        var depths = (round: 0, square: 0, curly: 0)
        var ticks = 0
        for byte in text {
            if byte == UInt8(ascii: "`") {
                ticks += 1
                if ticks == 3 {
                    openFence.toggle()
                    hasFence = true
                }
                continue
            }
            ticks = 0
            switch byte {
            case UInt8(ascii: "\\"): backslashes += 1
            case UInt8(ascii: "("): depths.round += 1
            case UInt8(ascii: ")"): depths.round = max(0, depths.round - 1)
            case UInt8(ascii: "["): depths.square += 1
            case UInt8(ascii: "]"): depths.square = max(0, depths.square - 1)
            case UInt8(ascii: "{"): depths.curly += 1
            case UInt8(ascii: "}"): depths.curly = max(0, depths.curly - 1)
            default: break
            }
        }
        open = depths.round + depths.square + depths.curly
    }

    private static let counted = ByteSet(of: "`\\()[]{}".utf8)

    private static func ellipses(in text: ArraySlice<UInt8>) -> Int {
        var (count, place) = (0, text.startIndex)
        while let start = text.index(of: UInt8(ascii: "."), from: place) {
            place = start + 1
            while place < text.endIndex, text[place] == UInt8(ascii: ".") { place += 1 }
            if place - start >= 3 { count += 1 }
        }
        return count
    }
}
