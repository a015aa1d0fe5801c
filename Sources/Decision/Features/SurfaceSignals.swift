import Glibc

/// The values of all ``SurfaceSignal``s.
struct SurfaceSignals {
    /// By ``SurfaceSignal``.
    private(set) var values: [Float]

    /// What a scan of a text of so many bytes amounts to; signals of the whole prompt stay zero.
    init(_ scan: SurfaceScan, bytes: Int) {
        let perTen = 10 / Float(max(scan.words, 10))
        let families = scan.familyWords.span
        values = []
        values.append(addingCapacity: SurfaceSignal.allCases.count) { values in
            while !values.isFull { values.append(families[values.count] * perTen) }
        }
        // A fence is three bytes, and counts as one character.
        let characters = bytes - scan.continuations - 2 * scan.marks.fences
        let size = Float(max(characters, 1))
        let words = Float(max(scan.words, 1))
        self[.logCharacters] = log(1 + Float(characters))
        self[.logWords] = log(1 + Float(scan.words))
        self[.logLines] = log(Float(scan.lines))
        self[.digitShare] = Float(scan.numbers.digits) / size
        self[.logNumbers] = log(1 + Float(scan.numbers.count))
        self[.logLargestNumber] = Float(log(1 + min(scan.numbers.largest, 1e12)))
        self[.decimals] = log(1 + Float(scan.numbers.decimals))
        self[.latexMarks] = Float(scan.marks.latex) / size * 20
        self[.codeMarks] = Float(scan.marks.code) / size * 20
        self[.brackets] = Float(scan.marks.brackets) / size * 20
        self[.nonASCIIShare] = Float(scan.marks.beyondASCII) / size
        self[.questionMarks] = log(1 + Float(scan.marks.questions))
        self[.options] = log(1 + Float(scan.options.count))
        if scan.options.count > 0 {
            self[.optionLength] = log(1 + Float(scan.options.bytes) / Float(scan.options.count))
        }
        self[.labelledBlocks] = log(1 + Float(scan.marks.labels))
        self[.sentenceLength] = log(1 + Float(scan.words) / Float(scan.sentences))
        self[.typeTokenRatio] = Float(scan.distinctWords) / words
        self[.capitalShare] = Float(scan.capitals) / Float(max(scan.letters, 1))
        self[.stopWordShare] = Float(scan.stopWords) / words
        self[.lastParagraphShare] = Float(bytes - scan.lastParagraphStart) / Float(max(bytes, 1))
        self[.codeFences] = min(Float(scan.marks.fences), 4)
        self[.startsWithQuestionWord] = scan.startsWithQuestionWord ? 1 : 0
    }

    subscript(_ signal: SurfaceSignal) -> Float {
        get { values[signal.rawValue] }
        set { values[signal.rawValue] = newValue }
    }
}
