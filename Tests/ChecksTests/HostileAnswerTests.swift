import Checks
import Dialogue
import Testing

@Suite struct HostileAnswerTests {
    private static let size = 1 << 20

    @Test(arguments: [
        "(", "[{(", "9", "1=", "1+", "^", "2^", "\\frac{", "=", "≈", "a", "\n", "A) x\n", "answer is ", "\"answer\":\"",
        "boxed{",
        "`", "```\n", "1,", "x", "- ", "1 x ", "¹", "(1+", "-", "9!", "how many ", "\\", "\u{0}", "é", "1 a ", "é1=(",
    ]) func `a mebibyte of anything takes linear time`(unit: String) {
        let text = String(repeating: unit, count: Self.size / unit.utf8.count)
        for question in ["What is it?", text] {
            let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: question)])
            #expect(Self.isKept(on: Answer(to: prompt, taskClass: .unknown, text: text)), "\(unit)")
        }
    }

    /// Whether all checks end before their budget does: generous for a debug build, quadratic time would be hours.
    private static func isKept(on answer: Answer) -> Bool {
        let budget = CheckBudget(.seconds(20))
        var answer = answer
        _ = Check.findings(on: &answer, within: budget)
        return !budget.isSpent
    }

    @Test(arguments: ["(", "1% ", "a1b2 ", "\\\\", "é", "{'a':", "f(a=", "9"])
    func `a mebibyte beside a tool and in its call takes linear time`(unit: String) {
        let text = String(repeating: unit, count: Self.size / unit.utf8.count)
        let tool = ToolDefinition(
            name: "find", description: text, parameters: Array(#"{"properties": {"what": {"type": "string"}}}"#.utf8))
        let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: text)], tools: [tool])
        let call = ToolCall(id: "1", name: "find", arguments: "{\"what\": \"\(text.prefix(1 << 16))\"}")
        #expect(Self.isKept(on: Answer(to: prompt, taskClass: .unknown, text: text)), "\(unit)")
        #expect(Self.isKept(on: Answer(to: prompt, taskClass: .unknown, text: "", toolCalls: [call])), "\(unit)")
    }

    @Test func `probabilities stay probabilities`() {
        for text in ["", "9", String(repeating: "9", count: 100_000), String(repeating: "wait 1+1=3 ", count: 1_000)] {
            let p = RightnessModel.shipped.probability(findings(text).signals, prior: 1)
            #expect((0...1).contains(p))
        }
    }
}
