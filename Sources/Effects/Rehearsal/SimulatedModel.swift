package import Catalog
package import Dialogue

/// A model that is no model: it really tries small tasks, with a skill that grows with its grade.
package struct SimulatedModel: Sendable {
    /// Name, prices and grade, as a gateway lists it.
    package let catalog: CatalogModel
    /// The wire format in which it is offered: `openai` or `anthropic`.
    package let format: String

    /// The models of the rehearsal, from the weakest to the strongest.
    package static let all = [
        SimulatedModel("rehearsal-small", grade: 1, input: 50_000, output: 200_000, format: "openai"),
        SimulatedModel("rehearsal-medium", grade: 3, input: 500_000, output: 2_000_000, format: "openai"),
        SimulatedModel("rehearsal-messages", grade: 4, input: 1_000_000, output: 5_000_000, format: "anthropic"),
        SimulatedModel("rehearsal-large", grade: 5, input: 5_000_000, output: 20_000_000, format: "openai"),
    ]

    /// Prices in picodollars per token.
    private init(_ name: String, grade: Int, input: Int64, output: Int64, format: String) {
        catalog = CatalogModel(
            name: ModelName(name), provider: ProviderName(format == "openai" ? "rehearsal" : "rehearsal-messages"),
            grade: grade, prices: ModelPrices(input: Picodollars(input), output: Picodollars(output)),
            contextTokens: 128_000, maxOutputTokens: 16_384, capabilities: [.tools, .json, .jsonSchema])
        self.format = format
    }

    /// Answers a prompt: the same seed, model and prompt give the same answer.
    package func answer(_ prompt: Prompt, seed: UInt64 = 0) -> Completion {
        let text = prompt.messages.map { "\($0.role.rawValue)\u{0}\($0.text)" }.joined(separator: "\u{1}")
        var chance = Chance(seed: seed, catalog.name.text, text)
        let answer = Tasks.solve(prompt).attempt(grade: catalog.grade ?? 1, chance: &chance)
        let id = String(chance.next(), radix: 16)
        var completion = Completion(
            id: format == "anthropic" ? "msg_\(id)" : "chatcmpl-\(id)", model: catalog.name.text, content: [],
            finish: .stop)
        switch answer {
        case .text(let text):
            let cut = Cut(text, stop: prompt.stop, maxTokens: prompt.maxOutputTokens)
            completion.content = cut.text.isEmpty ? [] : [.text(cut.text)]
            completion.finish = cut.finish
            completion.stopSequence = cut.stopSequence
        case .calls(let calls):
            completion.content = calls.enumerated().map { index, call in
                .toolCall(ToolCall(id: "call_\(id)_\(index)", name: call.name, arguments: call.arguments))
            }
            completion.finish = .toolCalls
        }
        completion.usage = TokenUsage(
            input: TokenCount.of(prompt), output: TokenCount.of(completion.content))
        return completion
    }
}

/// A text as far as stop sequences and the output limit let it come.
struct Cut {
    private(set) var text: String
    private(set) var finish = FinishReason.stop
    private(set) var stopSequence: String?

    init(_ whole: String, stop: [String], maxTokens: Int?) {
        text = whole
        let stops = stop.compactMap { sequence in whole.firstRange(of: sequence).map { ($0.lowerBound, sequence) } }
        if let first = stops.min(by: { $0.0 < $1.0 }) {
            text = String(whole[..<first.0])
            stopSequence = first.1
        }
        guard let maxTokens, let beginning = TokenCount.beginning(of: text, maxTokens: maxTokens) else { return }
        text = beginning
        finish = .length
        stopSequence = nil
    }
}
