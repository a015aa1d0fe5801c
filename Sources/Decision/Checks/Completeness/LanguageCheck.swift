import Dialogue

extension Check {
    /// Whether the answer is in the language of the question, where no other was asked for.
    static let language = Check(
        name: "completeness.language", applies: { $0.prompt.tools.isEmpty && $0.text.utf8.count > 60 }
    ) { answer, budget, findings in
        let asked = Language(answer.ask.utf8.suffix(1_500))
        guard !asked.namesLanguage, let wanted = asked.name else { return }
        guard let found = Language(answer.bytes.prefix(4_000)).name, found != wanted else { return }
        findings.signals[.otherLanguage] = 1
        findings.add(
            Evidence("completeness.language", .fails, strength: 0.6, "it is in \(found), the question is in \(wanted)"))
    }
}

/// The language of a text by its script and, among those in Latin script, by its most frequent words.
struct Language {
    /// Nil if too little tells.
    private(set) var name: String?
    /// Whether a language or a translation is spoken of.
    private(set) var namesLanguage = false

    private static let talk = PhraseList([
        "translat*", "english", "french", "german", "spanish", "italian", "portuguese", "chinese", "mandarin",
        "japanese",
        "korean", "russian", "arabic", "hindi", "dutch", "polish", "turkish", "latin", "language*", "traduc*",
        "traduis*",
        "übersetz*",
    ])
    private static let words: [String: String] = {
        let lists = [
            "English": "the and is are of to in that it for with was this on you what which how",
            "French": "le les des est une dans que pour qui sur pas avec sont vous nous cette du et",
            "German": "der die das und ist nicht ein eine mit für auf den von zu sie wir sind auch",
            "Spanish": "el los las una que por para con del como pero más está son y es lo se",
            "Portuguese": "os uma não para com como mais está são dos em você ao pelo é isso o e",
            "Italian": "il gli una che per con non sono della nel più come anche questo è di e lo",
        ]
        var table: [String: String] = [:]
        for (language, words) in lists {
            for word in words.split(separator: " ").map(String.init) {
                // A word of two languages tells of neither.
                table[word] = table[word] == nil ? language : ""
            }
        }
        return table
    }()

    init(_ text: some Collection<UInt8>) {
        let bytes = Array(text)
        namesLanguage = !Self.talk.ranges(in: bytes[...], limit: 1).isEmpty
        var scripts: [String: Int] = [:]
        for byte in bytes {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A: scripts["Latin", default: 0] += 1
            case 0xD0...0xD3: scripts["Cyrillic script", default: 0] += 2
            case 0xD8...0xDB: scripts["Arabic script", default: 0] += 2
            case 0xE3...0xE9: scripts["Chinese or Japanese", default: 0] += 3
            case 0xEA...0xED: scripts["Korean", default: 0] += 3
            default: break
            }
        }
        guard let most = scripts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), most.value >= 12,
            most.value * 10 > scripts.values.reduce(0, +) * 7
        else { return }
        guard most.key == "Latin" else {
            name = most.key
            return
        }
        var counts: [String: Int] = [:]
        for word in bytes.split(whereSeparator: { !$0.isWordByte }) {
            let word = String(decoding: word.map(\.lowercased), as: UTF8.self)
            if let language = Self.words[word], !language.isEmpty { counts[language, default: 0] += 1 }
        }
        guard let first = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), first.value >= 6,
            first.value * 10 > counts.values.reduce(0, +) * 7
        else { return }
        name = first.key
    }
}
