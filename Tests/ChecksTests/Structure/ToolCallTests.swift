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
            "rate": {"type": "float"}, "tags": {"type": "array", "items": {"type": "string"}}}}
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
    let found = Check.findings(
        on: answer, within: CheckBudget(), checks: Check.all.filter { $0.name.hasPrefix("structure") })
    let faults: [Signal] = [
        .toolUnknown, .argumentsUnreadable, .argumentMissing, .argumentNotTaken, .argumentType, .argumentChoice,
        .callMissing, .callRefused, .callRepeated, .otherToolFits, .textsMadeUp, .numbersMadeUp, .formulas,
        .placeholder, .wholePercentage,
    ]
    return Set(faults.filter { found.signals[$0] != 0 })
}

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
        ] as [(String, Set<Signal>)])
    func `reads calls that stand in the text`(_ text: String, _ faults: Set<Signal>) {
        #expect(signals(of: answer(text)) == faults)
    }

    @Test(arguments: ["7", "0.07", "7.0"])
    func `takes so many per cent for a hundredth`(_ number: String) {
        let found = signals(
            of: answer(
                "", [call("weather_find", "{\"city\": \"Ghent\", \"rate\": \(number)}")], to: "Weather of Ghent at 7%"))
        #expect(found.contains(.wholePercentage) == (number != "0.07"))
        #expect(!found.contains(.numbersMadeUp))
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
        let found = Check.findings(
            on: answer(text), within: CheckBudget(), checks: Check.all.filter { $0.name.hasPrefix("structure") })
        #expect(found.evidence.count < 200)
    }
}
