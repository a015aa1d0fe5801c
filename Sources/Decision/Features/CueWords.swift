/// English words that hint at what is asked, by family.
enum CueWords {
    static let stopWord: UInt64 = 1 << 63
    /// To mend something; only what is to be mended says what kind of work it is.
    static let mending: UInt64 = 1 << 62
    /// A slip of the pen.
    static let slip: UInt64 = 1 << 61
    static func bit(_ signal: SurfaceSignal) -> UInt64 { 1 << UInt64(signal.rawValue) }

    /// The families that a word belongs to by its hash: one bit for each signal.
    static let table = WordTable(
        lists.map { (words: $0.1, bits: bit($0.0)) } + [
            (
                "the a an of to and in is it that for on with as at by be this are was or from i you your we my",
                stopWord
            ),
            ("fix check mend remove", mending),
            ("typo typos spelling misspelling misspellings misspelled punctuation", slip),
        ])

    private static let lists: [(SurfaceSignal, String)] = [
        (.questionWords, "what who whom whose when where which why how"),
        (.why, "why because explain reason"),
        (.writeVerbs, "write create draft compose generate make design come"),
        (
            .computeVerbs,
            "compute calculate solve evaluate simplify find prove integrate differentiate factor sum determine"
        ),
        (.translateVerbs, "translate translation translated translating"),
        (
            .summariseVerbs,
            "summarize summarise summary summarization tldr condense shorten outline headline gist "
                + "abstract"
        ),
        (
            .rewriteVerbs,
            "rewrite rephrase paraphrase reword proofread polish revise edit improve correct reformulate grammar tone"
        ),
        (
            .classifyVerbs,
            "classify categorize categorise category sentiment label positive negative spam topic genre equivalent class"
        ),
        (.extractVerbs, "extract list identify passage paragraph context article mentioned names entities according"),
        (
            .codeWords,
            "code function python javascript java sql html css script program algorithm class api regex bash bug method "
                + "array string return implement rust swift typescript query database compile exception"
        ),
        (
            .creativeWords,
            "story poem song lyrics essay character plot novel fiction blog slogan screenplay haiku joke roleplay letter "
                + "speech imagine creative dialogue scene article"
        ),
        (
            .logicWords,
            "true false valid invalid conclude infer deduce logically argument statement premise assume conclusion "
                + "follows left right older taller puzzle clue valid lies truth"
        ),
        (
            .chatWords,
            "hi hello hey thanks thank bye goodbye please sorry yes no ok okay you your nice cool haha morning"
        ),
        (
            .supportWords,
            "refund order account subscription cancel billing invoice delivery shipping password login charged return "
                + "warranty support customer ticket shipment package policy"
        ),
        (.negations, "not no never none cannot dont doesnt isnt without nor neither"),
        (.conditions, "if unless when then otherwise whether provided suppose given assuming"),
        (
            .units,
            "dollars percent miles km kilometers meters cm inches feet hours minutes seconds days weeks years kg pounds "
                + "grams liters gallons degrees mph cents"
        ),
        (.jsonWords, "json yaml csv xml schema"),
        (.firstPerson, "i me my mine im ive we our us"),
        (
            .languageNames,
            "english french german spanish italian portuguese dutch russian chinese mandarin japanese korean arabic hindi "
                + "turkish polish swedish norwegian danish finnish greek hebrew czech ukrainian vietnamese thai indonesian "
                + "romanian hungarian latin bengali persian urdu"
        ),
        (.howMany, "many much total average altogether"),
    ]
}
