import Glibc

/// Reads the surface signals of a text in one pass over its bytes.
struct SurfaceScan {
    /// Values by ``SurfaceSignal``.
    private(set) var signals = [Float](repeating: 0, count: SurfaceSignal.allCases.count)
    private(set) var words = 0
    /// Structure that speaks for itself.
    private(set) var cues: StructuralCues = []
    private var characters = 0
    private var lines = 1
    private var sentences = 1
    private var capitals = 0
    private var letters = 0
    private var digits = 0
    private var stopWords = 0
    private var distinct: WordTable
    private var familyCounts = [Int32](repeating: 0, count: 64)
    private var wordsInSentence = 0
    private var translateSeen = false
    private var lastParagraphStart = 0

    /// Scans valid UTF-8.
    init(_ text: Span<UInt8>) {
        // Words are parted by at least one byte.
        distinct = WordTable(words: text.count / 2 + 1)
        var marks = (latex: 0, code: 0, brackets: 0, other: 0, questions: 0, fences: 0, labels: 0)
        var numbers = 0
        var decimals = 0
        var largest = 0.0
        var options = 0
        var optionBytes = 0
        var optionStart: Int?
        var index = 0
        var lineStart = 0
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                let start = index
                var hash = CueWords.emptyHash
                while index < text.count {
                    let letter = text[index]
                    if Self.isLetter(letter) {
                        if letter < 97 { capitals += 1 }
                        hash = CueWords.add(letter | 0x20, to: hash)
                    } else if letter != UInt8(ascii: "'") {
                        break
                    }
                    index += 1
                }
                letters += index - start
                characters += index - start
                take(hash)
                continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                var value = 0.0
                let start = index
                while index < text.count, text[index] &- 48 < 10 {
                    value = value * 10 + Double(text[index] &- 48)
                    index += 1
                }
                if index + 1 < text.count, text[index] == UInt8(ascii: "."), text[index + 1] &- 48 < 10 {
                    decimals += 1
                }
                (numbers, digits, largest) = (numbers + 1, digits + index - start, max(largest, value))
                characters += index - start
                continue
            case UInt8(ascii: "\n"):
                lines += 1
                if index == lineStart { lastParagraphStart = index + 1 }
                lineStart = index + 1
                if let start = optionStart { optionBytes += index - start }
                optionStart = Self.startsOption(text, at: lineStart) ? lineStart : nil
                if optionStart != nil { options += 1 }
                endSentence()
            case UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "^"): marks.latex += 1
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "_"):
                marks.code += 1
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"): marks.brackets += 1
            case UInt8(ascii: "`"):
                if index + 2 < text.count, text[index + 1] == byte, text[index + 2] == byte {
                    marks.fences += 1
                    index += 2
                }
            case UInt8(ascii: "?"):
                marks.questions += 1
                endSentence()
            case UInt8(ascii: "."), UInt8(ascii: "!"):
                if index + 1 >= text.count || text[index + 1] <= 32 { endSentence() }
            case UInt8(ascii: ":"): if index - lineStart < 24 { marks.labels += 1 }
            case 0x80...:
                if byte >= 0xC0 { marks.other += 1 } else { characters -= 1 }
            default: break
            }
            characters += 1
            index += 1
        }
        if let start = optionStart { optionBytes += text.count - start }
        let perTen = 10 / Float(max(words, 10))
        for signal in SurfaceSignal.allCases { self[signal] = Float(familyCounts[signal.rawValue]) * perTen }
        let size = Float(max(characters, 1))
        self[.logCharacters] = log(1 + Float(characters))
        self[.logWords] = log(1 + Float(words))
        self[.logLines] = log(Float(lines))
        self[.digitShare] = Float(digits) / size
        self[.logNumbers] = log(1 + Float(numbers))
        self[.logLargestNumber] = Float(log(1 + min(largest, 1e12)))
        self[.decimals] = log(1 + Float(decimals))
        self[.latexMarks] = Float(marks.latex) / size * 20
        self[.codeMarks] = Float(marks.code) / size * 20
        self[.brackets] = Float(marks.brackets) / size * 20
        self[.nonASCIIShare] = Float(marks.other) / size
        self[.questionMarks] = log(1 + Float(marks.questions))
        self[.options] = log(1 + Float(options))
        self[.optionLength] = options == 0 ? 0 : log(1 + Float(optionBytes) / Float(options))
        self[.labelledBlocks] = log(1 + Float(marks.labels))
        self[.sentenceLength] = log(1 + Float(words) / Float(sentences))
        self[.typeTokenRatio] = Float(distinct.count) / Float(max(words, 1))
        self[.capitalShare] = Float(capitals) / Float(max(letters, 1))
        self[.stopWordShare] = Float(stopWords) / Float(max(words, 1))
        self[.lastParagraphShare] = Float(text.count - lastParagraphStart) / Float(max(text.count, 1))
        self[.codeFences] = min(Float(marks.fences), 4)
        self[.startsWithQuestionWord] = startsWithQuestionWord ? 1 : 0
        if marks.fences >= 2 { cues.insert(.codeFence) }
        if familyCounts[SurfaceSignal.supportWords.rawValue] >= 2,
            familyCounts[SurfaceSignal.firstPerson.rawValue] >= 1, words < 200
        {
            cues.insert(.support)
        }
    }

    subscript(_ signal: SurfaceSignal) -> Float {
        get { signals[signal.rawValue] }
        set { signals[signal.rawValue] = newValue }
    }

    private var startsWithQuestionWord = false

    /// Counts one word.
    private mutating func take(_ hash: UInt64) {
        var families = CueWords.families(of: hash)
        words += 1
        distinct.insert(hash)
        if families & CueWords.stopWord != 0 { stopWords += 1 }
        families &= ~CueWords.stopWord
        if wordsInSentence < 6, families & CueWords.bit(.translateVerbs) != 0 { translateSeen = true }
        if translateSeen, families & CueWords.bit(.languageNames) != 0 { cues.insert(.translateToLanguage) }
        if wordsInSentence < 4, families & CueWords.bit(.rewriteVerbs) != 0 { cues.insert(.rewrite) }
        if words == 1, families & CueWords.bit(.questionWords) != 0 { startsWithQuestionWord = true }
        wordsInSentence += 1
        while families != 0 {
            familyCounts[families.trailingZeroBitCount] += 1
            families &= families - 1
        }
    }

    private mutating func endSentence() {
        guard wordsInSentence > 0 else { return }
        sentences += 1
        wordsInSentence = 0
        translateSeen = false
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

    /// Whether a line starts like `A)`, `(b)`, `C.` or `- `.
    private static func startsOption(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start + 2 < text.count else { return false }
        let (first, second) = (text[start], text[start + 1])
        if first == UInt8(ascii: "-"), second == UInt8(ascii: " ") { return true }
        if first == UInt8(ascii: "(") { return isLetter(second) && text[start + 2] == UInt8(ascii: ")") }
        return isLetter(first) && (second == UInt8(ascii: ")") || second == UInt8(ascii: "."))
    }
}

/// Marks in the text of an ask that say by themselves what is asked.
package struct StructuralCues: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A fenced block of code.
    package static let codeFence = StructuralCues(rawValue: 1)
    /// To translate, followed in the same sentence by the name of a language.
    package static let translateToLanguage = StructuralCues(rawValue: 2)
    /// A sentence that begins by asking to rewrite, correct or improve a text.
    package static let rewrite = StructuralCues(rawValue: 4)
    /// Several words of a customer's trouble with an order or account.
    package static let support = StructuralCues(rawValue: 8)
}
