import Dialogue

extension Check {
    /// Whether tools are called where one fits and only there, and as often as was asked.
    static let callChoice = Check(
        name: "structure.call_choice", applies: { !$0.prompt.tools.isEmpty && $0.hasShortCalls }
    ) { answer, budget, findings in
        let written = answer.calls
        let ask = answer.question
        let conversation = Conversation(ask)
        let tools = answer.tools.prefix(128)
        let fits = tools.map { ToolFit($0, conversation) }
        guard !written.calls.isEmpty else {
            findings.signals[.callMissing] = 1
            if answer.mayCall {
                let best = fits.map(\.share).max() ?? ToolFit.usual
                findings.signals[.callFit] = ToolFit.usual - best
                findings.signals[.callMissed] = best >= ToolFit.close ? 1 : 0
            }
            switch answer.prompt.toolChoice {
            case .required?, .named?:
                findings.signals[.callRefused] = 1
                findings.add(
                    Evidence("structure.call_choice", .fails, strength: 0.9, "a tool was to be called, and none is"))
            case .auto?, .none?, nil:
                findings.add(
                    Evidence("structure.call_choice", .unclear, strength: 0.2, "it calls none of the tools"))
            }
            return
        }
        if answer.prompt.toolChoice == ToolChoice.none {
            findings.signals[.callRefused] = 1
            findings.add(Evidence("structure.call_choice", .fails, strength: 0.9, "no tool was to be called"))
        }
        let called = Set(written.calls.map { WrittenCalls.plain($0.name) })
        let own = zip(tools, fits).filter { called.contains($0.0.plainName) }.map(\.1.share)
        let other = zip(tools, fits).filter { !called.contains($0.0.plainName) }.map(\.1.share)
        findings.signals[.callFit] = (own.min() ?? ToolFit.usual) - ToolFit.usual
        if let best = other.max(), best > (own.max() ?? 0) + 0.2 {
            findings.signals[.otherToolFits] = 1
            findings.add(
                Evidence("structure.call_choice", .fails, strength: 0.3, "another tool is nearer to what was asked"))
        }
        findings.signals[.unsaidCall] = ToolFit.unsaid(
            by: tools.filter { called.contains($0.plainName) }, ask)
        let first = written.calls.prefix(WrittenCalls.most)
        if first.count > 1, Set(first).count < first.count {
            findings.signals[.callRepeated] = 1
            findings.add(Evidence("structure.call_choice", .fails, strength: 0.5, "it makes the same call twice"))
        }
        let plural = CallCount.plurality(of: ask)
        // One call after another is as good as several at once.
        if answer.mayCall {
            findings.signals[.callsMiscounted] = CallCount.misfit(of: written.calls.count, plurality: plural)
        }
        let length =
            written.areText
            ? answer.bytes.count : answer.toolCalls.reduce(0) { $0 + $1.name.utf8.count + $1.arguments.utf8.count }
        findings.signals[.callsLength] = logarithm(Double(length) / 100)
        if written.calls.count > 1, plural == 0 {
            findings.add(
                Evidence("structure.call_choice", .unclear, strength: 0.3, "it makes several calls where one was asked")
            )
        }
    }
}

extension Answer {
    /// Whether a call is to be thought of: none was forbidden, and no tool has given its result yet.
    fileprivate var mayCall: Bool {
        guard prompt.toolChoice != ToolChoice.none, let last = prompt.messages.last else { return false }
        return !last.content.contains { if case .toolResult = $0 { true } else { false } }
    }
}

/// How near a tool is to what was asked, by their words.
private struct ToolFit {
    /// From 0 to 1, lower where the question has fewer numbers than the tool needs.
    let share: Double

    /// What parts tools that fit from those that do not: of 0.6 and 0.1, which they have in the mean, about the middle.
    static let usual = 0.35
    /// From here on a tool is what was asked for.
    static let close = 0.5

    init(_ tool: ToolDeclaration, _ conversation: Conversation) {
        let description = LetterWords(Array(tool.description.lowercased().utf8)[...], most: Self.mostLetters)
        let content = description.words.filter { description.length(of: $0) > 2 && !Self.common.contains($0) }
        let needed = Double(tool.parameters.count { $0.isRequired && $0.types.contains(where: Self.numeric.contains) })
        let lacking = max(0, needed - Double(conversation.numberCount)) / max(1, needed)
        share =
            0.6 * conversation.share(of: Array(tool.name.utf8))
            + 0.4 * conversation.share(of: content, in: description.text[...]) - 0.3 * lacking
    }

    private static let numeric: Set<String> = ["integer", "number", "int", "float"]
    private static let mostLetters = 2_000
    private static let common = WordTable(
        "the of for and with from that this given based returns return calculate get find retrieve specific using "
            + "provided details information data")

    /// How much of what was asked none of the tools called speaks of, from 0 to 1.
    static func unsaid(by tools: [ToolDeclaration], _ ask: [UInt8]) -> Double {
        let text = LetterWords(ask[...], most: mostLetters)
        let asked = text.words.filter { text.length(of: $0) > 3 && text.isSmall($0) }
        guard !asked.isEmpty else { return 0 }
        var spoken = Vocabulary()
        for tool in tools {
            spoken.add(tool.name)
            spoken.add(tool.description)
            for parameter in tool.parameters {
                spoken.add(parameter.name)
                spoken.add(parameter.description)
            }
        }
        return 1 - Double(asked.count(where: spoken.holds)) / Double(asked.count)
    }
}

/// Whether a question asks for one thing or for several.
private enum CallCount {
    private static let cues = PhraseList([
        "and", "both", "each", "respectively", "also", "then", "as well as", "first", "second", "third", "two", "three",
        "four", "several", "different", "another", "these", "them", "compare", "separately", "next", "after that",
    ])

    /// The plurality from which on several calls are to be expected.
    private static let several = 0.4

    /// How far a number of calls is from what was asked, from 0 to 1.
    static func misfit(of calls: Int, plurality: Double) -> Double {
        calls == 1
            ? max(0, plurality - several) / (1 - several) : max(0, several - plurality) / several
    }

    /// 0 for one thing, near 1 for several.
    static func plurality(of ask: [UInt8]) -> Double {
        let cues = Double(cues.ranges(in: ask.prefix(4_000), limit: 8).count)
        return min(cues / 4, 1)
    }
}
