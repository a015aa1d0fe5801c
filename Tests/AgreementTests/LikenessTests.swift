import Agreement
import Checks
import Dialogue
import Features
import Testing

private let tools = [
    ToolDefinition(
        name: "maps.find", parameters: Array(#"{"type":"object","properties":{"city":{"type":"string"}}}"#.utf8))
]

private func canonical(
    _ text: String, to question: String = "What is it?", _ taskClass: TaskClass = .unknown,
    tools: [ToolDefinition] = [], calls: [ToolCall] = [], after results: [Message] = []
) -> CanonicalAnswer {
    var prompt = Prompt(model: "auto", messages: [Message(role: .user, text: question)] + results)
    prompt.tools = tools
    var answer = Answer(to: prompt, taskClass: taskClass, text: text, toolCalls: calls)
    return CanonicalAnswer(of: &answer, with: FeatureExtractor())
}

struct LikenessTests {
    private static let choice = "Which is heavy?\nA) lead\nB) air\nC) foam"
    private static let sum = "How many apples are there in all?"
    private static let json = #"Reason, then answer as {"reasoning": "...", "answer": "..."}."#

    @Test(
        arguments: [
            (choice, "The answer is (A).", "A", .same), (choice, "lead", "Surely A) lead", .same),
            (choice, "The answer is (A).", "B", .different), (choice, "A", "I do not know.", .unclear),
            (sum, "There are 3 and 4, so 7 apples.", "The answer is 7.", .same),
            (sum, "So we have $1,200 in all", "1200", .same), (sum, "33.33", "33.3", .same),
            (sum, "7", "8", .different),
            (sum, "7", "7.5", .different),
            (json, #"{"reasoning": "x", "answer": "['a', 'b']"}"#, #"{"answer": "[\"a\",\"b\"]"}"#, .same),
            (json, #"{"reasoning": "x", "answer": "'ab'"}"#, #"{"reasoning": "long", "answer": "ab"}"#, .same),
            (json, #"{"answer": "AB"}"#, #"{"answer": "ab"}"#, .different),
            (json, #"{"answer": "{1: 'a', 2: 'b'}"}"#, #"{"answer": "{2: 'b', 1: 'a'}"}"#, .same),
            (json, #"{"answer": "[1, 2]"}"#, #"{"answer": "[2, 1]"}"#, .different),
            (json, #"{"answer": "'3'"}"#, #"{"answer": "3"}"#, .different),
            (json, #"{"answer": "h3llo"}"#, #"{"answer": "3"}"#, .different),
            (json, #"{"answer": "a  b"}"#, #"{"answer": "a b"}"#, .different),
            (json, #"{"answer": ""}"#, #"{"answer": "''"}"#, .same),
            (
                "Give the person as JSON.", #"{"name": "Ann", "age": 7}"#,
                "```json\n{\"age\":7,\n\"name\":\"Ann\"}\n```", .same
            ),
            ("Give the person as JSON.", #"{"name": "Ann", "age": 7}"#, #"{"name": "Ann"}"#, .different),
            ("What is the capital?", "The answer is Paris.", "paris", .same),
            ("What is the capital?", "Paris", "Rome", .different), ("What?", "", "", .unclear),
            ("What?", "x", "", .unclear),
        ] as [(String, String, String, Likeness)])
    func `answers are alike by what they say`(_ question: String, _ one: String, _ other: String, _ likeness: Likeness)
    {
        let answers = [canonical(one, to: question), canonical(other, to: question)]
        #expect(answers[0].likeness(to: answers[1]) == likeness)
        #expect(answers[1].likeness(to: answers[0]) == likeness)
    }

    @Test(
        arguments: [
            (
                #"[maps.find(city="New York, NY")]"#, #"{"name": "maps_find", "arguments": {"city": "new york ny"}}"#,
                .same
            ),
            (#"maps.find(city="Rome")"#, #"maps.find(city="Oslo")"#, .different),
            (#"[maps.find(city="a"), maps.find(city="b")]"#, #"[maps.find(city="b"), maps.find(city="a")]"#, .same),
            (#"maps.find(city="a")"#, #"[maps.find(city="a"), maps.find(city="a")]"#, .different),
            ("I cannot do that.", "No tool of mine fits.", .same),
            ("I cannot do that.", #"maps.find(city="Rome")"#, .different),
        ] as [(String, String, Likeness)])
    func `where tools are offered the calls count`(_ one: String, _ other: String, _ likeness: Likeness) {
        #expect(canonical(one, tools: tools).likeness(to: canonical(other, tools: tools)) == likeness)
    }

    @Test func `a provider's own calls are those that others write`() {
        let called = canonical(
            "", tools: tools, calls: [ToolCall(id: "1", name: "maps_find", arguments: #"{"city":"Rome"}"#)])
        #expect(called.likeness(to: canonical("maps.find(city='Rome')", tools: tools)) == .same)
    }

    @Test func `once a tool has answered the text counts`() {
        let result = Message(
            role: .tool, content: [.toolResult(ToolResult(callID: "1", content: [.text("12 degrees")]))])
        let answers = ["The answer is 12", "The answer is 13"].map { canonical($0, tools: tools, after: [result]) }
        #expect(answers[0].likeness(to: answers[1]) == .different)
    }

    @Test(
        arguments: [
            (
                "def add(a, b):\n    # the sum\n    return a + b",
                "```python\ndef add(x, y): return x+y\n```\nIt adds.", .same
            ),
            ("def add(a, b): return a + b", "def add(a, b): return a - b", .unclear),
            ("def f(l): return l.sort()", "def f(l): return l.reverse()", .unclear),
        ] as [(String, String, Likeness)])
    func `programs are alike whatever their names and comments`(_ one: String, _ other: String, _ likeness: Likeness) {
        let task = "Write a function that adds."
        #expect(canonical(one, to: task, .code).likeness(to: canonical(other, to: task, .code)) == likeness)
    }

    @Test(
        arguments: [
            (
                "The shop opens at nine in the morning on weekdays.",
                "On weekdays the shop opens in the morning at nine.", .same
            ),
            (
                "You have to return the shoes within 30 days of buying them.",
                "You have to return the shoes within 14 days of buying them.", .unclear
            ),
            (
                "The shop opens at nine in the morning on weekdays, not before.",
                "Volcanoes are born where plates of the crust drift apart.", .different
            ),
        ] as [(String, String, Likeness)])
    func `running text is near, far or neither`(_ one: String, _ other: String, _ likeness: Likeness) {
        let answers = [one, other].map { canonical($0 + " Thank you.\nGood bye.", to: "Tell me.") }
        #expect(answers[0].likeness(to: answers[1]) == likeness)
    }

    @Test func `hostile answers are read in bounded time and alike to themselves`() {
        for unit in ["[", "{\"a\":", "```", "the answer is ", "(((((", "\\boxed{", "maps.find(city=", "\u{FFFD}"] {
            let text = String(repeating: unit, count: 60_000)
            let answers = [canonical(text, tools: tools), canonical(text, .code)]
            #expect(answers[0] == canonical(text, tools: tools))
            #expect(answers[1] == canonical(text, .code))
        }
    }
}

struct AnswerGroupsTests {
    @Test(
        arguments: [
            ([], []), ([.option(1)], [0]), ([.option(1), .option(2), .option(1)], [0, 1, 0]),
            ([.nothing, .nothing, .number(1)], [0, 1, 2]), ([.number(2), .number(2), .number(2)], [0, 0, 0]),
        ] as [([CanonicalAnswer], [Int])])
    func `answers that say the same stand together`(_ answers: [CanonicalAnswer], _ numbers: [Int]) {
        #expect(AnswerGroups(answers).numbers == numbers)
    }
}
