import Dialogue

extension Check {
    /// Whether the arguments of tool calls come from the conversation.
    static let grounding = Check(
        name: "structure.grounding", applies: { !$0.prompt.tools.isEmpty && $0.hasShortCalls }
    ) { answer, budget, findings in
        let written = answer.calls
        guard !written.calls.isEmpty else { return }
        guard let conversation = Conversation(answer.prompt, within: budget) else { return }
        let tools = answer.tools
        var ungrounded = Ungrounded()
        for call in written.calls.prefix(WrittenCalls.most) where !budget.isSpent {
            guard let tool = tools.named(call.name), let arguments = call.arguments else { continue }
            for argument in arguments.prefix(64) {
                ungrounded.look(at: argument, of: tool, conversation)
            }
        }
        findings.signals[.textsMadeUp] = logarithm(Double(ungrounded.texts.count))
        findings.signals[.numbersMadeUp] = logarithm(Double(ungrounded.numbers.count))
        findings.signals[.optionalsMadeUp] = logarithm(Double(ungrounded.optionals))
        findings.signals[.formulas] = logarithm(Double(ungrounded.formulas))
        if ungrounded.hasPlaceholder { findings.signals[.placeholder] = 1 }
        if ungrounded.hasWholePercentage { findings.signals[.wholePercentage] = 1 }
        for name in ungrounded.texts.union(ungrounded.numbers).sorted().prefix(3) {
            findings.add(
                Evidence(
                    "structure.grounding", .fails, strength: 0.4,
                    "the value of `\(name)` does not occur in the conversation"))
        }
        if ungrounded.hasWholePercentage {
            findings.add(
                Evidence(
                    "structure.grounding", .fails, strength: 0.3,
                    "a percentage is given as it is said, not as a share of 1")
            )
        }
        if ungrounded.hasPlaceholder {
            findings.add(Evidence("structure.grounding", .fails, strength: 0.8, "an argument is a placeholder"))
        }
    }
}

/// What is in the arguments of calls that the conversation does not say.
private struct Ungrounded {
    /// The names of the arguments.
    var texts: Set<String> = []
    var numbers: Set<String> = []
    /// Arguments that nobody asked for and nothing requires.
    var optionals = 0
    var formulas = 0
    var hasPlaceholder = false
    var hasWholePercentage = false

    private static let placeholders = PhraseList([
        "your_*", "your ", "example.com", "placeholder", "xxx*", "todo", "tbd", "unknown", "n/a", "insert ", "john doe",
        "string", "value", "user_*", "current_*", "to be *",
    ])

    mutating func look(
        at argument: ArgumentValue.Member, of tool: ToolDeclaration, _ conversation: Conversation
    ) {
        guard let parameter = tool[argument.name] else { return }
        var isGrounded = true
        lazy var described = Conversation(Array(parameter.description.utf8))
        argument.value.visitLeaves { leaf in
            switch leaf {
            case .text(let text):
                let bytes = Array(text.utf8)
                if let date = WrittenDate(bytes), date.isSaid(in: conversation) { return }
                let share = conversation.share(of: bytes)
                guard parameter.choices.isEmpty else {
                    if share == 0, !parameter.isComposed(bytes, in: conversation) { isGrounded = false }
                    return
                }
                let isBracketed = bytes.first == UInt8(ascii: "<") && bytes.last == UInt8(ascii: ">")
                if share < 1, bytes.count < 40,
                    isBracketed || !Self.placeholders.ranges(in: bytes[...], limit: 1).isEmpty
                {
                    hasPlaceholder = true
                }
                // Of an address every word counts, and of a day every part.
                let isWhole = bytes.contains(UInt8(ascii: "@")) || WrittenDate(bytes) != nil
                if share < (isWhole ? 1 : 0.5), !parameter.isComposed(bytes, in: conversation) {
                    isGrounded = false
                    if described.share(of: bytes) < 0.5 { texts.insert(argument.name) }
                }
            case .number(let number):
                if conversation.holdsAsPercentage(number),
                    parameter.types.contains(where: ["float", "number"].contains) || number < 1
                {
                    hasWholePercentage = true
                }
                if !conversation.holds(number) {
                    isGrounded = false
                    if !described.holds(number) { numbers.insert(argument.name) }
                }
            case .expression: formulas += 1
            default: break
            }
        }
        if !isGrounded, !parameter.isRequired { optionals += 1 }
    }
}

extension ToolDeclaration.Parameter {
    private static let codes = WordTable("code iata icao symbol ticker abbreviation iso")
    private static let programs = WordTable("code sql script program")
    private static let statements = WordTable("select insert update delete with create")

    /// Whether a value may be right without a word of it being said: a code for a name, a program, a translation.
    fileprivate func isComposed(_ text: [UInt8], in conversation: Conversation) -> Bool {
        let isASCII = text.allSatisfy { $0 < 0x80 }
        if isASCII, conversation.isOfAnotherScript { return true }
        let words = Word.all(in: Array((name + " " + description).utf8)[...])
        if (2...5).contains(text.count), text.allSatisfy({ (65...90).contains($0) }) {
            return words.contains(where: Self.codes.contains)
        }
        let begins = Word(beginning: text[...])
        if let begins, Self.statements.contains(begins), text.count > 20 { return true }
        return text.count > 20 && words.contains(where: Self.programs.contains)
    }
}
