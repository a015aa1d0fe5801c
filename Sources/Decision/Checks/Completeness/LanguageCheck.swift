import Dialogue
import Embedding

extension Check {
    /// Whether the answer is in the language of the question, where no other was asked for.
    static let language = Check(
        name: "completeness.language",
        applies: {
            $0.prompt.tools.isEmpty && $0.text.utf8.count > 40 && $0.taskClass != .code && $0.taskClass != .translation
        }
    ) { answer, budget, findings in
        let (request, words) = (answer.request, answer.requestWords[...])
        guard let wanted = Language(of: answer.lowercasedRequest, upTo: request.count, words) else { return }
        let text = answer.bytes.prefix(4_000)
        // That another one was asked for explains a difference; there is none in most answers.
        guard let found = Language(of: answer.lowercased, upTo: text.count, answer.words(of: text)),
            found.differs(from: wanted),
            !Language.isNamed(in: request, words)
        else { return }
        findings.signals[.otherLanguage] = 1
        findings.add(
            Evidence(
                "completeness.language", .fails, strength: 0.6,
                "it is in \(found.name), the question is in \(wanted.name)"))
    }
}

/// The language of a text by its script and, among those in Latin script, by its most frequent words.
struct Language {
    private let script: String
    /// Nil for another script than Latin, and where too few words tell.
    private let latin: String?

    /// In words.
    var name: String { latin ?? script }

    /// Whether the texts are in two languages as far as can be told.
    func differs(from other: Language) -> Bool {
        if script != other.script { return true }
        guard let latin, let theirs = other.latin else { return false }
        return latin != theirs
    }

    private static let talk = PhraseList([
        "translat*", "english", "french", "german", "spanish", "italian", "portuguese", "chinese", "mandarin",
        "japanese",
        "korean", "russian", "arabic", "hindi", "dutch", "polish", "turkish", "latin", "language*", "traduc*",
        "englisch*", "deutsch*", "anglais", "allemand", "ingl*", "tedesc*", "alem*", "sprache*", "langue*", "idioma*",
        "lingua*",
        "traduis*",
        "übersetz*",
    ])
    private static let names = ["English", "French", "German", "Spanish", "Portuguese", "Italian"]
    /// The places of the languages; -1 for a word of two, which tells of neither.
    private static let words: WordTable<Int> = {
        let lists = [
            "the and is are of to in that it for with was this on you what which how from by as at or be have has can will not they their",
            "le les des est une dans que pour qui sur pas avec sont vous nous cette du et la un au aux ne se plus par quel quelle comment ou leur",
            "der die das und ist nicht ein eine mit für auf den von zu sie wir sind auch wie warum wird werden dem einen einer im es aus bei nach oder er durch als dass",
            "el los las una que por para con del como pero más está son y es lo se la un al su sus cómo qué cuál o le ha hay entre",
            "os uma não para com como mais está são dos em você ao pelo é isso o e do da um na no se por que qual ou ser sua",
            "il gli una che per con non sono della nel più come anche questo è di e lo la un del si al le dei perché qual o da nella",
        ].map { Word.all(in: $0) }
        return WordTable(
            lists.indices.flatMap { place in
                lists[place].map { word in
                    (word, lists.count { $0.contains { $0.hash == word.hash } } == 1 ? place : -1)
                }
            })
    }()

    /// Whether a language or a translation is spoken of.
    static func isNamed(in text: ArraySlice<UInt8>, _ words: ArraySlice<Word>) -> Bool {
        !talk.ranges(in: text, words: words, limit: 1).isEmpty
    }

    /// Nil if too little of the text tells even the script.
    init?(of text: LowercasedText, upTo end: Int, _ words: ArraySlice<Word>) {
        guard let script = Self.script(of: text, upTo: end) else { return nil }
        self.script = script
        latin = script == Self.latinScript ? Self.latin(words) : nil
    }

    private static let latinScript = "Latin script"

    private static func latin(_ words: ArraySlice<Word>) -> String? {
        let (table, words) = (Self.words, words.span)
        var counts = InlineArray<6, Int>(repeating: 0)
        for place in words.indices {
            if let language = table[words[place]], language >= 0 { counts[language] += 1 }
        }
        return most(of: counts, names, least: 4)
    }

    private static func script(of text: LowercasedText, upTo end: Int) -> String? {
        // Latin, Cyrillic, Arabic, Chinese or Japanese, Korean.
        var counts = InlineArray<5, Int>(repeating: 0)
        let blocks = text.blocks
        for block in 0..<(end + 63) / 64 {
            let seen: UInt64 = end - 64 * block < 64 ? 1 << UInt64(end - 64 * block) - 1 : ~0
            counts[0] += (blocks[block].letters & seen).nonzeroBitCount
            var others = blocks[block].beyondASCII & seen
            while others != 0 {
                switch text.bytes[64 * block + others.trailingZeroBitCount] {
                case 0xD0...0xD3: counts[1] += 2
                case 0xD8...0xDB: counts[2] += 2
                case 0xE3...0xE9: counts[3] += 3
                case 0xEA...0xED: counts[4] += 3
                default: break
                }
                others &= others - 1
            }
        }
        return most(of: counts, scripts, least: 12)
    }

    private static let scripts = [latinScript, "Cyrillic script", "Arabic script", "Chinese or Japanese", "Korean"]

    /// The name of what was counted most, if it is more than seven tenths of all.
    private static func most<let count: Int>(of counts: InlineArray<count, Int>, _ names: [String], least: Int)
        -> String?
    {
        var (first, sum) = (0, 0)
        for place in counts.indices {
            sum += counts[place]
            if counts[place] > counts[first] { first = place }
        }
        return counts[first] >= least && counts[first] * 10 > sum * 7 ? names[first] : nil
    }
}
