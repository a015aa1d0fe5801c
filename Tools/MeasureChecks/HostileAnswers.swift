import Checks
import Dialogue

/// Answers to be looked at in bounded time, and a plain one to compare them with.
enum HostileAnswers {
    /// Some 500 bytes of prose that answer a prompt of some 850.
    static let prose = Answer(
        to: prompt(
            """
            A customer of ours runs a bakery in a small town and wants to know whether she should buy a second oven. She \
            bakes bread and rolls every morning from four until eight, sells most of them before noon, and has to send \
            people away on Saturdays, when a market is held on the square in front of her shop. The oven that she has is \
            old but works well; a new one would have to stand in the back room, where the flour is kept now, and the \
            electrician says that the wiring would have to be renewed for it. She has some savings but would rather not \
            spend all of them, and her daughter, who helps her at weekends, is going to leave for university next year.

            Explain to her in plain words what speaks for the second oven and what against it, and tell her what you would \
            find out first. Keep it short and friendly, please; she has little time to read.
            """),
        taskClass: .unknown,
        text: """
            A second oven would let you bake twice as much on Saturdays, when the market brings more people than you can \
            serve. Against it speak the cost of the oven and of the new wiring, the loss of the back room, and the fact \
            that your daughter will soon be gone, so that there are fewer hands to use it. I would first count how many \
            people you turn away, and then ask the electrician for a firm price. If the lost sales of one year pay for \
            half of the whole, it is probably worth it.
            """)

    /// A mebibyte of each of many things, as an answer, as its question, and as the arguments of a call.
    static var all: [(name: String, answer: Answer)] {
        units.flatMap { unit -> [(name: String, answer: Answer)] in
            let text = String(repeating: unit, count: (1 << 20) / unit.utf8.count)
            let name = String(reflecting: String(unit.prefix(20)))
            return [
                (name, Answer(to: prompt("What is it?"), taskClass: .unknown, text: text)),
                ("\(name), asked", Answer(to: prompt(text), taskClass: .unknown, text: text)),
                ("\(name) beside a tool", Answer(to: prompt(text, [tool]), taskClass: .unknown, text: text)),
                (
                    "\(name) in a call",
                    Answer(
                        to: prompt(text, [tool]), taskClass: .unknown, text: "",
                        toolCalls: [ToolCall(id: "1", name: "find", arguments: #"{"what": ""# + text + #""}"#)])
                ),
            ]
        } + [
            ("10,000 nested lists", Answer(to: prompt("What is it?"), taskClass: .unknown, text: nested)),
            ("5,000 calls", Answer(to: prompt(nested, [tool]), taskClass: .unknown, text: "", toolCalls: calls)),
            (
                "a call with 5,000 arguments",
                Answer(
                    to: prompt(nested, [tool]), taskClass: .unknown, text: "",
                    toolCalls: [ToolCall(id: "1", name: "find", arguments: "{\(members)}")])
            ),
            ("1,000 tools", Answer(to: prompt(nested, tools), taskClass: .unknown, text: "", toolCalls: [calls[0]])),
        ]
    }

    private static let units = [
        "(", "[{(", "9", "1=", "1+", "^", "2^", "\\frac{", "=", "≈", "a", "\n", "A) x\n", "answer is ", "\"answer\":\"",
        "boxed{", "`", "```\n", "1,", "x", "- ", "1 x ", "¹", "(1+", "-", "9!", "how many ", "\\", "\u{0}", "é", "1 a ",
        "é1=(", " ", "i ", "1/3+1/7=", "2*3=7 ", "1% ", "2^9=", "i cannot i'm ", "f(a=", "{\"name\":", "a1b2 ", "i’",
        "e\u{301}", "(1+2)*3/4-5^2=7\n",
    ]

    private static let nested = (0..<10_000).map { String(repeating: " ", count: $0 % 50) + "- item" }
        .joined(separator: "\n")
    private static let calls = (0..<5_000).map { place in
        ToolCall(id: "\(place)", name: "find", arguments: #"{"what": "\#(place)"}"#)
    }
    private static let members = (0..<5_000).map { #""what": "\#($0) things""# }.joined(separator: ", ")
    private static let tools =
        (0..<1_000).map { place in
            ToolDefinition(
                name: "find_\(place)", description: String(repeating: "some words ", count: 200),
                parameters: tool.parameters)
        } + [tool]
    private static let tool = ToolDefinition(
        name: "find", description: "Find something.",
        parameters: Array(#"{"type": "object", "properties": {"what": {"type": "string"}}}"#.utf8))

    private static func prompt(_ text: String, _ tools: [ToolDefinition] = []) -> Prompt {
        Prompt(model: "auto", messages: [Message(role: .user, text: text)], tools: tools)
    }
}
