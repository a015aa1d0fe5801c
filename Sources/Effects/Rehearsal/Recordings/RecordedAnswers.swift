package import Catalog
package import Dialogue
internal import JSON
package import Recordings

/// Answers that real models once gave, found by prompt, tools and model.
///
/// Only answers of the models asked for that have a price are kept, each as the JSON text of its recording; a prompt costs
/// 16 bytes and an answer its own length.
package struct RecordedAnswers: Sendable {
    /// The models that can be asked, by name.
    package let models: [CatalogModel]
    private let prices: [String: RecordedPrice]
    private let answers: [RecordingKey: [String: Answer]]

    private struct Answer: Sendable {
        let response: [UInt8]
        let usage: TokenUsage?
    }

    /// Reads recordings, and the files of counted tokens and of prices that belong to them.
    ///
    /// Without `models` all are kept; without a file of prices even those that have none.
    ///
    /// - Throws: the file, the line and the reason.
    package init(
        paths: [String], tokens: [String] = [], prices pricesPath: String? = nil, models wanted: [String]? = nil
    ) throws(RecordingsError) {
        let priceList = try pricesPath.map { path throws(RecordingsError) in try Self.readPrices(path) }
        let counted = try Self.readTokens(tokens, models: wanted)
        var answers: [RecordingKey: [String: Answer]] = [:]
        var names: Set<String> = []
        for path in paths {
            try RecordingLines.read(path) { row in
                guard let prompt = row["prompt"]?.string, let outcomes = row["outcomes"]?.members else {
                    return "a recording needs `prompt` and `outcomes`"
                }
                let key = RecordingKey(prompt: prompt, toolNames: Self.toolNames(row["tools"]))
                let counts = row["id"]?.string.flatMap { counted[$0] } ?? [:]
                for outcome in outcomes where wanted?.contains(outcome.name) ?? true {
                    guard priceList == nil || priceList?[outcome.name] != nil,
                        let response = outcome.value["response"], response.isString || response.isArray
                    else { continue }
                    names.insert(outcome.name)
                    // Prompts repeat: the first recording of a prompt stays, so that its usage belongs to its answer.
                    guard answers[key]?[outcome.name] == nil else { continue }
                    answers[key, default: [:]][outcome.name] = Answer(
                        response: Array(response.raw), usage: Self.usage(outcome.value) ?? counts[outcome.name])
                }
                return nil
            }
        }
        guard !names.isEmpty else { throw .noModels }
        self.answers = answers
        prices = priceList ?? [:]
        models = names.sorted().map { name in
            CatalogModel(
                name: ModelName(name), provider: ProviderName("recordings"), grade: nil,
                prices: priceList?[name]?.prices, contextTokens: nil, maxOutputTokens: nil,
                capabilities: [.tools, .json, .jsonSchema])
        }
    }

    /// The price of a model as its file spells it, in dollars per million tokens.
    package func spelledPrice(of model: ModelName) -> (input: String, output: String)? {
        prices[model.text].map { ($0.input, $0.output) }
    }

    /// What the model answered when it was asked this; limits and stop sequences of the prompt change nothing.
    ///
    /// Its usage is the recorded one, else the one counted beforehand, else counted now.
    ///
    /// - Throws: a 404 with code `model_not_found` or `recording_not_found`.
    package func answer(_ prompt: Prompt) throws(APIFailure) -> Completion {
        guard models.contains(where: { $0.name.text == prompt.model }) else {
            throw APIFailure.unknownModel(prompt.model, known: models.map(\.name.text))
        }
        guard let answer = answers[RecordingKey(prompt)]?[prompt.model],
            let response = (try? JSONDocument.parse(answer.response)).flatMap({ RecordedAnswer($0.root) })
        else {
            throw APIFailure(
                .notFound, status: 404,
                message: "No answer of \(prompt.model) to this prompt with these tools was recorded: send a recorded "
                    + "prompt as the last user turn, with all of its tools.",
                code: "recording_not_found")
        }
        var chance = Chance(seed: 0, prompt.model, String(decoding: answer.response, as: UTF8.self))
        let id = String(chance.next(), radix: 16)
        let content = Self.content(response, id: id)
        let calls = content.contains { if case .toolCall = $0 { true } else { false } }
        return Completion(
            id: "chatcmpl-\(id)", model: prompt.model, content: content, finish: calls ? .toolCalls : .stop,
            usage: answer.usage ?? TokenUsage(input: TokenCount.of(prompt), output: TokenCount.of(content)))
    }

    private static func content(_ answer: RecordedAnswer, id: String) -> [ContentPart] {
        (answer.text.isEmpty ? [] : [.text(answer.text)])
            + answer.toolCalls.enumerated().map { place, call in
                .toolCall(ToolCall(id: "call_\(id)_\(place)", name: call.name, arguments: call.arguments))
            }
    }
}

extension RecordedAnswers {
    private static func usage(_ outcome: JSONValue) -> TokenUsage? {
        guard let input = outcome["input_tokens"]?.int, let output = outcome["output_tokens"]?.int else { return nil }
        return TokenUsage(input: input, output: output)
    }

    private static func toolNames(_ tools: JSONValue?) -> [String] {
        guard let tools else { return [] }
        guard let elements = tools.elements else { return tools["name"]?.string.map { [$0] } ?? [] }
        return elements.compactMap { $0["name"]?.string }
    }

    private static func readPrices(_ path: String) throws(RecordingsError) -> [String: RecordedPrice] {
        var prices: [String: RecordedPrice] = [:]
        try RecordingLines.readObject(path) { name, value in prices[name] = RecordedPrice(value) }
        return prices
    }

    private static func readTokens(
        _ paths: [String], models: [String]?
    ) throws(RecordingsError) -> [String: [String: TokenUsage]] {
        var usages: [String: [String: TokenUsage]] = [:]
        for path in paths {
            try RecordingLines.read(path) { row in
                guard let id = row["id"]?.string, let input = row["prompt_tokens_cl100k"]?.int,
                    let outputs = row["response_tokens_cl100k"]?.members
                else { return "counted tokens need `id`, `prompt_tokens_cl100k` and `response_tokens_cl100k`" }
                for output in outputs where models?.contains(output.name) ?? true {
                    guard let count = output.value.int else { continue }
                    usages[id, default: [:]][output.name] = TokenUsage(input: input, output: count)
                }
                return nil
            }
        }
        return usages
    }
}

extension APIFailure {
    /// 404 as OpenAI words it, with the models that do exist.
    static func unknownModel(_ name: String, known: [String]) -> APIFailure {
        let some = known.prefix(8).joined(separator: ", ") + (known.count > 8 ? ", ..." : "")
        return APIFailure(
            .notFound, status: 404, message: "The model '\(name)' does not exist here: ask for one of \(some).",
            parameter: "model", code: "model_not_found")
    }
}
