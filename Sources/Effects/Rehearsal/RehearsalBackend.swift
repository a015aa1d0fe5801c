package import Catalog
package import Dialogue
import ExactNumbers

/// Who answers in a rehearsal: simulated models, or recordings of real ones.
package enum RehearsalBackend: Sendable {
    case simulated(seed: UInt64)
    case recorded(RecordedAnswers)

    /// The models that can be asked.
    package var models: [CatalogModel] {
        switch self {
        case .simulated: SimulatedModel.all.map(\.catalog)
        case .recorded(let answers): answers.models
        }
    }

    /// The providers that a gateway should be told of: all at one address, each with its wire format.
    package var providers: [(name: ProviderName, format: String)] {
        switch self {
        case .simulated:
            SimulatedModel.all.map { ($0.catalog.provider, $0.format) }.reduce(into: []) { list, next in
                if !list.contains(where: { $0.name == next.0 }) { list.append((name: next.0, format: next.1)) }
            }
        case .recorded: [(name: ProviderName("recordings"), format: "openai")]
        }
    }

    /// The price of a model in dollars per million tokens, as its file spells it; nil without one.
    package func spelledPrice(of model: CatalogModel) -> (input: String, output: String)? {
        switch self {
        case .recorded(let answers): answers.spelledPrice(of: model.name)
        case .simulated:
            model.prices.flatMap { prices in
                guard let input = Rational(Int(prices.input.count), over: 1_000_000),
                    let output = Rational(Int(prices.output.count), over: 1_000_000)
                else { return nil }
                return (input.description, output.description)
            }
        }
    }

    /// The answer of the model that the prompt names.
    ///
    /// - Throws: a 404 for a model or a recording that is not there.
    package func answer(_ prompt: Prompt) throws(APIFailure) -> Completion {
        switch self {
        case .recorded(let answers): return try answers.answer(prompt)
        case .simulated(let seed):
            guard let model = SimulatedModel.all.first(where: { $0.catalog.name.text == prompt.model }) else {
                throw APIFailure.unknownModel(prompt.model, known: models.map(\.name.text))
            }
            return model.answer(prompt, seed: seed)
        }
    }
}
