import BytePairs
import Dialogue
import Rehearsal
import Testing

@Suite struct FaultTests {
    @Test(arguments: [
        ("429", Fault.status(429)), ("slow", .slowFirstByte(.seconds(1))),
        ("slow=500ms", .slowFirstByte(.milliseconds(500))),
        ("stall=2s", .stall(.seconds(2))), ("cut", .cut), ("no-usage", .noUsage),
    ])
    func `reads its names`(name: String, fault: Fault) {
        #expect(Fault(name) == fault)
    }

    @Test(arguments: ["", "200", "slow=", "slow=500", "slow=-1s", "stall=11m", "cut=1s", "nonsense"])
    func `refuses what is no fault`(name: String) {
        #expect(Fault(name) == nil)
    }

    @Test func `a plan strikes as often as it says, in an order that the seed fixes`() {
        let faults: [Fault] = [.cut, .status(429)]
        let plan = FaultPlan(faults, probability: 0.25, seed: 7)
        let struck = (1...2000).map { plan.fault(request: $0) }
        #expect((400...600).contains(struck.count { $0 != nil }))
        #expect(Set(struck.compactMap(\.self)) == Set(faults))
        #expect(struck == (1...2000).map { FaultPlan(faults, probability: 0.25, seed: 7).fault(request: $0) })
        #expect(struck != (1...2000).map { FaultPlan(faults, probability: 0.25, seed: 8).fault(request: $0) })
        #expect((1...100).allSatisfy { FaultPlan.none.fault(request: $0) == nil })
        #expect((1...100).allSatisfy { FaultPlan([.cut], probability: 1, seed: 0).fault(request: $0) == .cut })
    }

    private let question =
        #"{"model":"rehearsal-large","max_tokens":100,"messages":[{"role":"user","content":"What is 17 + 25?"}]"#

    @Test(arguments: ["/v1/chat/completions", "/v1/messages"])
    func `cuts a whole answer in the middle`(path: String) async throws {
        try await withService { port in
            let answer = try exchange(port, "POST", path, question + "}", fields: "x-rehearsal-fault: cut\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200") && answer.contains("{\"") && !answer.hasSuffix("0\r\n\r\n"))
            #expect(!answer.contains("usage"))
        }
    }

    @Test(arguments: [("cut", false, false), ("stream-error", false, true), ("stall=1ms", true, false)])
    func `fails in the middle of an Anthropic stream`(fault: String, ends: Bool, tells: Bool) async throws {
        try await withService { port in
            let answer = try exchange(
                port, "POST", "/v1/messages", question + #","stream":true}"#, fields: "x-rehearsal-fault: \(fault)\r\n")
            #expect(answer.contains("event: message_start"))
            #expect(answer.contains("event: message_stop") == ends)
            #expect((answer.contains("event: error") && answer.contains("overloaded_error")) == tells)
        }
    }

    @Test func `answers no sooner than its latency`() async throws {
        try await withService(settings: RehearsalSettings(latency: .milliseconds(30))) { port in
            let clock = ContinuousClock()
            let time = try clock.measure { _ = try exchange(port, "POST", "/v1/messages", question + "}") }
            #expect(time >= .milliseconds(30))
        }
    }

    @Test func `usage is the exact count of what was sent`() throws {
        let prompt = Prompt(model: "rehearsal-large", messages: [Message(role: .user, text: "What is 17 + 25?")])
        let completion = try RehearsalBackend.simulated(seed: 0).answer(prompt)
        #expect(completion.usage?.output == BytePairEncoding.cl100k.count(completion.text))
        #expect(completion.usage?.input == 6 + BytePairEncoding.cl100k.count("What is 17 + 25?"))
    }
}
