import Dialogue

extension Check {
    /// Whether tools are called where one fits and only there, and as often as was asked.
    static let callChoice = Check(name: "structure.call_choice", applies: { !$0.prompt.tools.isEmpty }) {
        answer, budget, findings in
        let written = answer.calls
        let ask = String(decoding: answer.ask, as: UTF8.self)
        let conversation = Conversation(ask)
        let tools = answer.tools.prefix(128)
        let fits = tools.map { ToolFit($0, conversation) }
        guard !written.calls.isEmpty else {
            findings.signals[.callMissing] = 1
            findings.signals[.callMissingFit] = fits.map(\.share).max() ?? 0
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
        let own = zip(tools, fits).filter { called.contains(WrittenCalls.plain($0.0.name)) }.map(\.1.share)
        let other = zip(tools, fits).filter { !called.contains(WrittenCalls.plain($0.0.name)) }.map(\.1.share)
        findings.signals[.calledFit] = own.min() ?? 0
        if let best = other.max(), best > (own.max() ?? 0) + 0.2 {
            findings.signals[.otherToolFits] = 1
            findings.add(
                Evidence("structure.call_choice", .fails, strength: 0.3, "another tool is nearer to what was asked"))
        }
        findings.signals[.unsaidCall] = ToolFit.unsaid(
            by: tools.filter { called.contains(WrittenCalls.plain($0.name)) }, ask)
        if Set(written.calls).count < written.calls.count {
            findings.signals[.callRepeated] = 1
            findings.add(Evidence("structure.call_choice", .fails, strength: 0.5, "it makes the same call twice"))
        }
        let plural = CallCount.plurality(of: ask)
        findings.signals[.oneCallOfSeveral] = written.calls.count == 1 ? plural : 0
        findings.signals[.severalCallsOfOne] = written.calls.count > 1 ? 1 / (1 + plural) : 0
        if written.calls.count > 1, plural == 0 {
            findings.add(
                Evidence("structure.call_choice", .unclear, strength: 0.3, "it makes several calls where one was asked")
            )
        }
    }
}

/// How near a tool is to what was asked, by their words.
private struct ToolFit {
    let share: Double

    init(_ tool: ToolDeclaration, _ conversation: Conversation) {
        let name = String(decoding: tool.name.utf8.map { $0 == UInt8(ascii: "_") ? 46 : $0 }, as: UTF8.self)
        share = 0.6 * conversation.share(of: name) + 0.4 * conversation.share(of: Self.content(of: tool.description))
    }

    private static let common = Set(
        ("the of for and with from that this given based returns return calculate get find retrieve specific using "
            + "provided details information data").split(separator: " ").map(String.init))

    private static func content(of text: String) -> String {
        let words: [Substring] = text.lowercased().split { !$0.isLetter }
        return words.filter { $0.count > 2 && !common.contains(String($0)) }.joined(separator: " ")
    }

    /// How much of what was asked none of the tools called speaks of, from 0 to 1.
    static func unsaid(by tools: [ToolDeclaration], _ ask: String) -> Double {
        var spoken = ""
        for tool in tools {
            spoken += " " + String(tool.name.map { $0 == "_" || $0 == "." ? " " : $0 }) + " " + tool.description
            for parameter in tool.parameters {
                spoken += " " + String(parameter.name.map { $0 == "_" ? " " : $0 }) + " " + parameter.description
            }
        }
        let words: [Substring] = ask.prefix(2000).split { !$0.isLetter }
        let asked = words.filter { $0.count > 3 && $0.first?.isLowercase == true }
        return asked.isEmpty ? 0 : 1 - Conversation(spoken).share(of: asked.joined(separator: " "))
    }
}

/// Whether a question asks for one thing or for several.
private enum CallCount {
    private static let cues = PhraseList([
        "and", "both", "each", "respectively", "also", "then", "as well as", "first", "second", "third", "two", "three",
        "four", "several", "different", "another", "these", "them", "compare", "separately", "next", "after that",
    ])

    /// 0 for one thing, near 1 for several.
    static func plurality(of ask: String) -> Double {
        let cues = Double(cues.ranges(in: Array(ask.utf8.prefix(4000))[...], limit: 8).count)
        return min(cues / 4, 1)
    }
}
