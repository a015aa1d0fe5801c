import Checks
import Dialogue
import Testing

private let weather = ToolDefinition(
    name: "weather.find", description: "Find the weather of a city.",
    parameters: Array(
        """
        {"type": "object", "required": ["city"], "properties": {
            "city": {"type": "string", "description": "The city."},
            "days": {"type": "integer"}, "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
            "rate": {"type": "float"}, "share": {"type": "number"}, "tags": {"type": "array", "items": {"type": "string"}}}}
        """.utf8))
private let mail = ToolDefinition(
    name: "send_mail", description: "Send an electronic mail to a person.",
    parameters: Array(#"{"type": "object", "required": ["to"], "properties": {"to": {"type": "string"}}}"#.utf8))

private func answer(
    _ text: String = "", _ calls: [ToolCall] = [], to ask: String = "What is the weather in Ghent for 3 days?",
    choice: ToolChoice? = nil
) -> Answer {
    var prompt = Prompt(model: "auto", messages: [Message(role: .user, text: ask)], tools: [weather, mail])
    prompt.toolChoice = choice
    return Answer(to: prompt, taskClass: .agentic, text: text, toolCalls: calls)
}

private func call(_ name: String, _ arguments: String) -> ToolCall {
    ToolCall(id: "1", name: name, arguments: arguments)
}

private func signals(of answer: Answer) -> Set<Signal> {
    let found = findings(on: answer, checks: Check.all.filter { $0.name.hasPrefix("structure") })
    let faults: [Signal] = [
        .toolUnknown, .argumentsUnreadable, .argumentMissing, .argumentNotTaken, .argumentType, .argumentChoice,
        .callMissing, .callRefused, .callRepeated, .otherToolFits, .textsMadeUp, .numbersMadeUp, .formulas,
        .placeholder, .wholePercentage,
    ]
    return Set(faults.filter { found.signals[$0] != 0 })
}

private func all(_ answer: Answer) -> Findings { findings(on: answer) }

struct ToolCallTests {
    @Test(
        arguments: [
            (#"{"city": "Ghent"}"#, []), (#"{"city": "Ghent", "days": 3}"#, []),
            (#"{"city": "Ghent", "days": 3.0}"#, []), (#"{"days": 3}"#, [.argumentMissing]),
            (#"{"city": "Ghent", "country": "Ghent"}"#, [.argumentNotTaken]),
            (#"{"city": "Ghent", "days": "3"}"#, [.argumentType]),
            (#"{"city": "Ghent", "days": 2.5}"#, [.argumentType, .numbersMadeUp]),
            (#"{"city": "Ghent", "unit": "celsius"}"#, []),
            (#"{"city": "Ghent", "unit": "kelvin"}"#, [.argumentChoice]),
            (#"{"city": "Ghent""#, [.argumentsUnreadable]), (#"{"city": "Bruges"}"#, [.textsMadeUp]),
            (#"{"city": "your_city"}"#, [.placeholder]),
            (#"{"city": "Ghent", "days": 7}"#, [.numbersMadeUp]),
            (#"{"city": "Ghent", "tags": ["weather", "Ghent"]}"#, []),
        ] as [(String, Set<Signal>)])
    func `finds what is wrong with the arguments of a call`(_ arguments: String, _ faults: Set<Signal>) {
        #expect(signals(of: answer("", [call("weather_find", arguments)])) == faults)
    }

    @Test(
        arguments: [
            ("[weather.find(city='Ghent', days=3)]", []), ("weather_find(city=\"Ghent\")", []),
            ("[weather.find(city='Ghent'), weather.find(city='Ghent')]", [.callRepeated]),
            ("[weather.find(city='Ghent', days=1 + 2)]", [.argumentType, .formulas]),
            ("[forecast(city='Ghent')]", [.toolUnknown, .otherToolFits]), ("It will rain.", [.callMissing]),
            (#"{"name": "weather.find", "arguments": {"city": "Ghent"}}"#, []),
            (
                #"<tool_call>{"name": "weather_find", "arguments": {"city": "Ghent", "days": "x"}}</tool_call>"#,
                [.argumentType, .textsMadeUp]
            ),
            (
                #"{"tool_calls": [{"function": {"name": "weather.find", "arguments": "{\"days\": 3}"}}]}"#,
                [.argumentMissing]
            ),
            ("```json\n[{\"name\": \"weather.find\", \"parameters\": {\"city\": \"Ghent\"}}]\n```", []),
            ("I would use print(city='Ghent') for that.", [.callMissing]),
            ("send_mail(to='Ghent')", [.otherToolFits]),
            ("weather_find\n{\"city\": \"Ghent\", \"days\": 3}", []),
            ("weather.find {\"days\": 3}\nweather.find {\"city\": \"Ghent\"}", [.argumentMissing]),
            ("The weather is fine. {\"city\": \"Ghent\"}", [.callMissing]),
            ("[weather.find({\"city\": \"Ghent\"})]", [.callMissing]),
        ] as [(String, Set<Signal>)])
    func `reads calls that stand in the text`(_ text: String, _ faults: Set<Signal>) {
        #expect(signals(of: answer(text)) == faults)
    }

    @Test(
        arguments: [
            ("[weather.find(city='Ghent')]", "What is the weather in Ghent?", 0.0),
            ("[weather.find(city='Ghent'), weather.find(city='Bruges')]", "What is the weather in Ghent?", 1),
            (
                "[weather.find(city='Ghent')]", "Find the weather of both Ghent and Bruges, and then compare the two.",
                1.0
            ),
            (
                "[weather.find(city='Ghent'), weather.find(city='Bruges')]",
                "Find the weather of both Ghent and Bruges, and then compare the two.", 0
            ),
        ])
    func `calls are as many as were asked for`(_ text: String, _ ask: String, _ misfit: Double) {
        #expect(all(answer(text, to: ask)).signals[.callsMiscounted] == misfit)
    }

    @Test func `a tool that fits is to be called, and one that does not is not`() {
        let fitting = "What is the weather of a city such as Ghent?"
        let other = "Who painted the ceiling, and when?"
        let calling = "[weather.find(city='Ghent')]"
        #expect(all(answer(calling, to: fitting)).signals[.callFit] > 0.2)
        #expect(all(answer("It is fine.", to: fitting)).signals[.callFit] < -0.2)
        #expect(all(answer("It is fine.", to: fitting)).has(.callMissed))
        #expect(!all(answer("It was him.", to: other)).has(.callMissed))
        #expect(all(answer(calling, to: other)).signals[.callFit] < -0.2)
        #expect(all(answer("It was him.", to: other)).signals[.callFit] > 0.2)
    }

    @Test func `once a tool has answered, nothing is missed`() {
        let ask = "Find the weather of both Ghent and Bruges, and then compare the two."
        let made = call("weather_find", #"{"city": "Ghent"}"#)
        let prompt = Prompt(
            model: "auto",
            messages: [
                Message(role: .user, text: ask), Message(role: .assistant, content: [.toolCall(made)]),
                Message(role: .tool, content: [.toolResult(ToolResult(callID: "1", content: [.text("fine")]))]),
            ], tools: [weather, mail])
        let spoken = all(Answer(to: prompt, taskClass: .agentic, text: "It is fine.")).signals
        #expect(spoken[.callMissed] == 0 && spoken[.callFit] == 0)
        let called = all(Answer(to: prompt, taskClass: .agentic, text: "", toolCalls: [made])).signals
        #expect(called[.callsMiscounted] == 0)
    }

    @Test func `a tool that needs numbers fits less where there are none`() {
        let tool = ToolDefinition(
            name: "area", description: "Area of a field.",
            parameters: Array(
                #"{"type": "object", "required": ["w", "h"], "properties": {"w": {"type": "number"}, "h": {"type": "number"}}}"#
                    .utf8))
        func fit(_ ask: String) -> Double {
            let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: ask)], tools: [tool])
            return all(Answer(to: prompt, taskClass: .agentic, text: "No.")).signals[.callFit]
        }
        #expect(abs(fit("The area of a field of 3 by two?") - -0.65) < 1e-9)
        #expect(abs(fit("The area of a field of 3 by that?") - -0.5) < 1e-9)
        #expect(abs(fit("The area of a field of mine?") - -0.35) < 1e-9)
    }

    @Test func `what text alone tells is silent beside tools`() {
        let text = String(repeating: "It is 2 + 2 = 5, I say, and I say it again. ", count: 20) + "```json\n{"
        let found = all(answer(text)).signals
        for signal: Signal in [.repeated, .stepsWrong, .openFence, .hasFence, .codeDoubtful, .logLength, .noFullStop] {
            #expect(found[signal] == 0, "\(signal)")
        }
        #expect(found[.fenceBesideTools] == 1 && found[.tools] == 1)
    }

    @Test(arguments: ["7", "0.07", "7.0"], ["rate", "share"])
    func `takes so many per cent for a hundredth`(_ number: String, _ name: String) {
        let found = signals(
            of: answer(
                "", [call("weather_find", "{\"city\": \"Ghent\", \"\(name)\": \(number)}")],
                to: "Weather of Ghent at 7%"))
        #expect(found.contains(.wholePercentage) == (number != "0.07"))
        #expect(!found.contains(.numbersMadeUp))
    }

    @Test(
        arguments: [
            ("0", true), ("-0.0", true), ("0.05", true), ("0.125", true), ("0.3", true), ("0.2", false), ("1250", true),
            ("125", false), ("40", true), ("-40", true), ("4000", true), ("12.5", true), ("3e1", true),
            ("1234567.5", true), ("234567.5", false), ("2", true),
        ])
    func `numbers are found however they were said`(_ number: String, _ isFound: Bool) {
        let ask = "In Ghent 5%, 30 percent, 12.5 % and 0 of 1,250 or -40; 4k, 1,234,567.5, twice."
        let found = signals(
            of: answer("", [call("weather_find", "{\"city\": \"Ghent\", \"rate\": \(number)}")], to: ask))
        #expect(found.contains(.numbersMadeUp) == !isFound, "\(found)")
    }

    @Test(arguments: [("hotels", true), ("Hotelier", true), ("hot", false), ("Zürich", true), ("zurich", false)])
    func `a word is said where one is that begins alike`(_ word: String, _ isSaid: Bool) {
        let made = [call("send_mail", "{\"to\": \"\(word)\"}")]
        let found = signals(of: answer("", made, to: "Write to a hotel in Zürich by mail."))
        #expect(found.contains(.textsMadeUp) == !isSaid)
    }

    @Test(
        arguments: [
            ("send a mail to a person", 0.0), ("send a letter to a person", 1.0 / 3),
            ("send mail—quickly—to everybody", 0.5),
            ("“send” ‘mail’ übersetzt", 1.0 / 3), ("sendet Briefe", 0.0), ("ask GHENT", 0.0),
        ])
    func `what no tool speaks of is measured by words of letters`(_ ask: String, _ share: Double) {
        let found = findings(
            on: answer("", [call("send_mail", #"{"to": "x"}"#)], to: ask),
            checks: Check.all.filter { $0.name == "structure.call_choice" })
        #expect(abs(found.signals[.unsaidCall] - share) < 1e-12)
    }

    @Test func `nothing is said of arguments that are too long to be read value by value`() {
        let long = "{\"nowhere\": \"" + String(repeating: "x", count: 1 << 17) + "\"}"
        #expect(signals(of: answer("", [call("send_mail", long)])).isEmpty)
    }

    @Test func `a call where none was allowed, and none where one was demanded, are faults`() {
        let made = [call("weather_find", #"{"city": "Ghent"}"#)]
        #expect(signals(of: answer("", made, choice: ToolChoice.none)) == [.callRefused])
        #expect(signals(of: answer("It will rain.", choice: .required)) == [.callMissing, .callRefused])
        #expect(signals(of: answer("", made, choice: .required)).isEmpty)
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "weather.find(city=[", count: 20_000),
        String(repeating: "{\"name\":", count: 50_000),
        "[" + String(repeating: "weather.find(city='x'),", count: 20_000),
        "weather.find(city='" + String(repeating: "\\", count: 100_000),
    ])
    func `comes to an end whatever is written`(_ text: String) {
        let found = findings(
            on: answer(text), checks: Check.all.filter { $0.name.hasPrefix("structure") })
        #expect(found.evidence.count < 200)
    }
}
