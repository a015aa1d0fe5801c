import Dialogue
import JSON
import Rehearsal
import Testing

@Suite struct SimulatedModelTests {
    private func answer(_ text: String, grade: Int = 5, configure: (inout Prompt) -> Void = { _ in }) throws
        -> Completion
    {
        var prompt = Prompt(model: "rehearsal", messages: [Message(role: .user, text: text)])
        configure(&prompt)
        return try #require(SimulatedModel.all.first { $0.catalog.grade == grade }).answer(prompt)
    }

    @Test(arguments: [
        ("What is 17 + 25?", "42"), ("Calculate 12 * (3 + 4).", "84"), ("What is 7 times 8?", "56"),
        ("Compute 2^10 - 24", "1000"), ("What is 15% of 80?", "12"), ("What is 10 / 4?", "2.5"),
        ("12 divided by 5", "2.4"), ("What is 1,200 - 199?", "1001"), ("0.1 + 0.2", "0.3"),
    ])
    func `the large model evaluates expressions`(question: String, number: String) throws {
        #expect(try answer(question).text.hasSuffix("The answer is \(number)."))
    }

    @Test(arguments: [
        ("Anna has 5 apples and buys 3 more. How many apples does she have?", "8"),
        ("Tom had 12 marbles. He gives 4 to Eva. How many are left?", "8"),
        ("There are 6 boxes with 4 pens each. How many pens are there?", "24"),
        ("20 sweets are shared equally among 5 children. How many does one get?", "4"),
        ("A shop has three crates and receives seven more. How many crates is that?", "10"),
        ("Ben has 10 coins, finds 5 and loses 3. How many coins has he?", "12"),
    ])
    func `the large model solves word problems`(question: String, number: String) throws {
        #expect(try answer(question).text.hasSuffix("The answer is \(number)."))
    }

    @Test(arguments: [
        ("Extract the email address: Write to jane.doe@example.org before Friday.", "jane.doe@example.org"),
        ("Extract the dates: The fair opens on 2024-05-03 and ends on 7 May 2024.", "2024-05-03\n7 May 2024"),
        ("What is the amount in this text: We charged $49.90 for the lamp.", "$49.90"),
        ("Extract the names: Yesterday Maria Lopez met John Smith.", "Maria Lopez\nJohn Smith"),
        ("Find the phone number: Call +44 20 7946 0958 now", "+44 20 7946 0958"),
    ])
    func `the large model extracts`(question: String, expected: String) throws {
        let text = try answer(question).text
        #expect(text == expected)
    }

    @Test(arguments: [
        ("What is the sentiment of this review: \"I love it, the service was excellent\"?", "positive"),
        ("Classify the sentiment: The food was awful and the waiter rude.", "negative"),
        (
            "Classify this ticket as billing, technical or shipping: \"My invoice shows a double charge, I want a refund\"",
            "billing"
        ),
        (
            "Which of these categories fits? Options: sports, politics, science. Text: \"The team won the match in the last minute\"",
            "sports"
        ),
    ])
    func `the large model classifies`(question: String, expected: String) throws {
        #expect(try answer(question).text == expected)
    }

    @Test(arguments: [
        ("Translate \"good morning\" into German.", "Guten Morgen"), ("How do you say thank you in French?", "Merci"),
        ("Translate to Spanish: where is the station?", "¿Dónde está la estación?"),
        ("What is the capital of France?", "Paris"),
        ("Summarise: Bees make honey. They live in hives. They dance.", "Bees make honey."),
        ("Hello!", "Hello! How can I help you?"),
    ])
    func `the large model knows its phrase books`(question: String, expected: String) throws {
        #expect(try answer(question).text == expected)
    }

    @Test(arguments: ["a function that reverses a string", "factorial", "binary search", "is a number prime"])
    func `the large model writes code in a fence`(subject: String) throws {
        let text = try answer("Write a Python function: \(subject)").text
        #expect(text.hasPrefix("```python\ndef ") && text.hasSuffix("\n```"))
    }

    @Test(arguments: [1, 3, 4, 5])
    func `says honestly what it does not know`(grade: Int) throws {
        #expect(try answer("Prove the Riemann hypothesis", grade: grade).text.hasPrefix("I do not know"))
    }

    @Test func `fills a JSON Schema`() throws {
        let schema =
            #"{"type":"object","properties":{"name":{"type":"string"},"email":{"type":"string"},"quantity":{"type":"integer"},"mood":{"enum":["angry","happy"]}},"required":["name","email","quantity","mood"],"additionalProperties":false}"#
        let text = try answer("Customer Eva Braun, eva@example.com, is happy with a quantity of 3 lamps") {
            $0.outputFormat = .schema(name: "order", schema: Array(schema.utf8), strict: true)
        }.text
        #expect(text == #"{"name":"Eva Braun","email":"eva@example.com","quantity":3,"mood":"happy"}"#)
    }

    @Test(arguments: [
        "What is 2 + 3?", "Extract name and email as JSON: Ann Lee, ann@example.org", "tell me something",
    ])
    func `answers with an object in JSON mode`(question: String) throws {
        let text = try answer(question) { $0.outputFormat = .json }.text
        #expect(try JSONDocument.parse(text).root.isObject)
    }

    private let tools = [
        ToolDefinition(
            name: "get_weather", description: "Current weather of a city",
            parameters: Array(#"{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"#.utf8)),
        ToolDefinition(
            name: "triangle_area", description: "Area of a triangle",
            parameters: Array(
                #"{"type":"object","properties":{"height":{"type":"integer"},"base":{"type":"integer"}},"required":["height","base"]}"#
                    .utf8)),
    ]

    @Test(arguments: [
        ("What is the weather in Paris?", "get_weather", #"{"city":"Paris"}"#),
        ("Area of a triangle with a base of 10 and height of 5", "triangle_area", #"{"height":5,"base":10}"#),
    ])
    func `chooses a tool and fills its arguments`(question: String, name: String, arguments: String) throws {
        let completion = try answer(question) { $0.tools = tools }
        guard case .toolCall(let call)? = completion.content.first else {
            Issue.record("no call: \(completion.text)")
            return
        }
        #expect(call.name == name && call.arguments == arguments)
        #expect(completion.finish == .toolCalls)
    }

    @Test func `answers in text when no tool fits, and after a tool has answered`() throws {
        #expect(try answer("Hello!") { $0.tools = tools }.text.hasPrefix("Hello"))
        let result = ToolResult(callID: "call_1", content: [.text("21 degrees")])
        let after = try answer("What is the weather in Paris?") {
            $0.tools = tools
            $0.messages.append(Message(role: .tool, content: [.toolResult(result)]))
        }
        #expect(after.text == "The tool answered: 21 degrees")
    }

    @Test func `honours the output limit and stop sequences`() throws {
        let cut = try answer("What is 17 + 25?") { $0.maxOutputTokens = 3 }
        #expect(cut.finish == .length && cut.usage?.output == 3 && "17 + 25 = 42".hasPrefix(cut.text))
        let stopped = try answer("What is 17 + 25?") { $0.stop = ["="] }
        #expect(stopped.text == "17 + 25 " && stopped.finish == .stop && stopped.stopSequence == "=")
    }

    @Test func `gives the same answer to the same prompt, model and seed`() throws {
        for number in 0..<50 {
            let question = "What is \(number * 37) * \(number + 411)?"
            #expect(try answer(question, grade: 1) == answer(question, grade: 1))
        }
    }

    @Test func `skill grows with grade and is never perfect for the small`() throws {
        var state: UInt64 = 1
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let cases = (0..<300).map { _ in (draw(90) + 10, draw(900) + 100) }
        let accuracy = try [1, 3, 5].map { grade in
            try cases.filter { left, right in
                try answer("What is \(left) * \(right) + \(right) * 23?", grade: grade).text
                    .hasSuffix(" \(left * right + right * 23).")
            }.count
        }
        #expect(accuracy[0] + 30 < accuracy[1] && accuracy[1] + 10 < accuracy[2], "right of 300: \(accuracy)")
        #expect(accuracy[0] > 30)
    }
}
