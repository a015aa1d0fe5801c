import Embedding

/// Counts what the surface of a text shows.
struct SurfaceScan {
    /// Words of each ``CueWords`` family, by ``SurfaceSignal``; the other places stay zero.
    private(set) var familyWords = InlineArray<64, Float>(repeating: 0)
    /// Structure that speaks for itself.
    private(set) var cues: StructuralCues = []
    private(set) var words = 0
    private(set) var distinctWords = 0
    private(set) var stopWords = 0
    private(set) var startsWithQuestionWord = false
    private(set) var sentences = 1
    private(set) var lines = 1
    /// Where the text after the last empty line begins.
    private(set) var lastParagraphStart = 0
    /// Bytes of words, apostrophes included.
    private(set) var letters = 0
    private(set) var capitals = 0
    private(set) var numbers = Numbers()
    private(set) var marks = Marks()
    private(set) var options = Options()
    /// Bytes that begin no character, as all but the first of a character beyond ASCII.
    private(set) var continuations = 0

    private var wordsInSentence = 0
    private var translateSeen = false
    private var mendSeen = false
    private var lineStart = 0

    /// Runs of digits.
    struct Numbers {
        var count = 0
        /// Those with a point and more digits behind them.
        var decimals = 0
        var digits = 0
        var largest = 0.0
    }

    /// Characters that are neither letters, digits nor blanks, by what they are used for.
    struct Marks {
        var latex = 0
        var code = 0
        var brackets = 0
        var beyondASCII = 0
        var questions = 0
        var fences = 0
        /// Colons near the beginning of a line.
        var labels = 0
    }

    /// Lines that start like the options of a choice, and their bytes.
    struct Options {
        var count = 0
        var bytes = 0
        fileprivate var start: Int?

        fileprivate mutating func end(at index: Int) {
            if let start { bytes += index - start }
            start = nil
        }
    }

    /// Scans valid UTF-8 that is cut into its runs.
    init(_ text: Span<UInt8>, _ runs: TextRuns, room: inout DistinctWords) {
        for block in runs.lowercased.blocks { count(block) }
        distinctWords = room.count(atMost: text.count / 2 + 1) { scan(text, runs, into: &$0) }
        options.end(at: text.count)
        judge(text)
    }

    /// Takes in all of a text, the hashes of its words as well.
    private mutating func scan(_ text: Span<UInt8>, _ runs: TextRuns, into hashes: inout OutputSpan<UInt64>) {
        let cues = CueWords.table
        var end = 0
        for run in runs.runs {
            let (start, next) = (run.range.lowerBound, run.range.upperBound)
            // What was taken in with the run before: the rest of a word with an apostrophe.
            if next <= end { continue }
            // Before most words there is a blank and nothing else.
            if start &- end != 1 || text[end] != UInt8(ascii: " ") { scanMarks(in: text, from: end, to: start) }
            let isWhole = end <= start && (next == text.count || text[next] != UInt8(ascii: "'"))
            if isWhole, runs.isOfLetters(run) {
                hashes.append(run.hash)
                take(cues.value(of: run.hash))
                end = next
            } else {
                end = scanParts(of: text, from: max(start, end), to: next, cues, into: &hashes)
            }
        }
        scanMarks(in: text, from: end, to: text.count)
    }

    /// Takes in numbers and words, these with their apostrophes; returns where the last ends.
    @inline(never)
    private mutating func scanParts(
        of text: Span<UInt8>, from start: Int, to end: Int, _ cues: WordTable, into hashes: inout OutputSpan<UInt64>
    ) -> Int {
        var index = start
        while index < end {
            if Self.isLetter(text[index]) {
                let hash = scanWord(in: text, from: &index)
                hashes.append(hash)
                take(cues.value(of: hash))
            } else {
                index = scanNumber(in: text, from: index)
            }
        }
        return index
    }

    /// Takes in what needs no order.
    private mutating func count(_ block: ByteBits) {
        letters += block.letters.nonzeroBitCount
        capitals += block.capitals.nonzeroBitCount
        numbers.digits += block.digits.nonzeroBitCount
        marks.beyondASCII += block.leads.nonzeroBitCount
        continuations += block.continuations.nonzeroBitCount
    }

    /// Adds the cues that need the whole.
    private mutating func judge(_ text: Span<UInt8>) {
        if marks.fences >= 2 { cues.insert(.codeFence) }
        if familyWords[SurfaceSignal.supportWords.rawValue] >= 2,
            familyWords[SurfaceSignal.firstPerson.rawValue] >= 1, words < 200
        {
            cues.insert(.support)
        }
        if numbers.count > 1, words < 20, BareArithmetic(text).isAsked { cues.insert(.arithmetic) }
    }

    /// Takes in the letters and apostrophes of a word; returns its hash.
    private mutating func scanWord(in text: Span<UInt8>, from index: inout Int) -> UInt64 {
        var hash = WordHash()
        while index < text.count {
            let byte = text[index]
            if Self.isLetter(byte) {
                hash.add(byte | 0x20)
            } else if byte == UInt8(ascii: "'") {
                letters += 1
            } else {
                break
            }
            index += 1
        }
        return hash.value
    }

    /// Takes in a word of these families.
    @inline(__always)
    private mutating func take(_ families: UInt64) {
        var families = families
        words &+= 1
        wordsInSentence &+= 1
        guard families != 0 else { return }
        if families & CueWords.stopWord != 0 {
            stopWords += 1
            if families == CueWords.stopWord { return }
        }
        if wordsInSentence <= 4, families & CueWords.mending != 0 { mendSeen = true }
        if mendSeen, families & CueWords.slip != 0 { cues.insert(.rewrite) }
        families &= ~(CueWords.stopWord | CueWords.mending | CueWords.slip)
        if wordsInSentence <= 6, families & CueWords.bit(.translateVerbs) != 0 { translateSeen = true }
        if translateSeen, families & CueWords.bit(.languageNames) != 0 { cues.insert(.translateToLanguage) }
        if wordsInSentence <= 4, families & CueWords.bit(.rewriteVerbs) != 0 { cues.insert(.rewrite) }
        if words == 1, families & CueWords.bit(.questionWords) != 0 { startsWithQuestionWord = true }
        while families != 0 {
            familyWords[families.trailingZeroBitCount] += 1
            families &= families - 1
        }
    }

    /// Takes in a run of digits; returns its end.
    private mutating func scanNumber(in text: Span<UInt8>, from start: Int) -> Int {
        var value = 0.0
        var index = start
        while index < text.count, text[index] &- 48 < 10 {
            value = value * 10 + Double(text[index] &- 48)
            index += 1
        }
        if index + 1 < text.count, text[index] == UInt8(ascii: "."), text[index + 1] &- 48 < 10 {
            numbers.decimals += 1
        }
        numbers.count += 1
        numbers.largest = max(numbers.largest, value)
        return index
    }

    /// Takes in what is neither a letter nor a digit.
    @inline(never)
    private mutating func scanMarks(in text: Span<UInt8>, from start: Int, to end: Int) {
        var index = start
        while index < end {
            index = scanMark(in: text, at: index)
        }
    }

    /// Takes in a mark; returns its end.
    private mutating func scanMark(in text: Span<UInt8>, at index: Int) -> Int {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "\n"): endLine(in: text, at: index)
        case UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "^"): marks.latex += 1
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "_"):
            marks.code += 1
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"): marks.brackets += 1
        case UInt8(ascii: "`"):
            if index + 2 < text.count, text[index + 1] == byte, text[index + 2] == byte {
                marks.fences += 1
                return index + 3
            }
        case UInt8(ascii: "?"):
            marks.questions += 1
            endSentence()
        case UInt8(ascii: "."), UInt8(ascii: "!"):
            if index + 1 >= text.count || text[index + 1] <= 32 { endSentence() }
        case UInt8(ascii: ":"): if index - lineStart < 24 { marks.labels += 1 }
        default: break
        }
        return index + 1
    }

    private mutating func endLine(in text: Span<UInt8>, at index: Int) {
        lines += 1
        if index == lineStart { lastParagraphStart = index + 1 }
        lineStart = index + 1
        options.end(at: index)
        if Self.startsOption(text, at: lineStart) {
            options.start = lineStart
            options.count += 1
        }
        endSentence()
    }

    private mutating func endSentence() {
        guard wordsInSentence > 0 else { return }
        sentences += 1
        wordsInSentence = 0
        (translateSeen, mendSeen) = (false, false)
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
