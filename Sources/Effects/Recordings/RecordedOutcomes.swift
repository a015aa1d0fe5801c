package import Dialogue
internal import JSON

/// A prompt that several models once answered, and how well each did.
package struct RecordedPrompt: Sendable {
    package var id: String
    /// What tells it from other prompts: the bare question where it is recorded, else the prompt's end.
    package var question: String
    package var prompt: Prompt
    package var outcomes: [String: RecordedOutcome]
}

/// How one model did.
package struct RecordedOutcome: Hashable, Sendable {
    /// From 0, wrong, to 1, right.
    package var score: Double
    /// What it cost in dollars; nil if neither recorded nor to be computed from tokens and prices.
    package var cost: Double?
    package var inputTokens: Int?
    package var outputTokens: Int?
    /// What it answered; nil where that was not recorded or not asked for.
    package var answer: RecordedAnswer?
}

/// The outcomes of files in the layout of recorded evaluations.
package enum RecordedOutcomes {
    /// Reads prompts with outcomes, and the files of counted tokens and of prices that belong to them; answers only if they are
    /// asked for.
    ///
    /// - Throws: the file, the line and the reason.
    package static func read(
        paths: [String], tokens: [String] = [], prices pricesPath: String? = nil, models wanted: [String]? = nil,
        answers: Bool = false
    ) throws(RecordingsError) -> [RecordedPrompt] {
        let counted = try readTokens(tokens)
        let prices = try pricesPath.map { path throws(RecordingsError) in try readPrices(path) } ?? [:]
        var prompts: [RecordedPrompt] = []
        for path in paths {
            try RecordingLines.read(path) { row in
                guard let text = row["prompt"]?.string, let members = row["outcomes"]?.members else {
                    return "an outcome needs `prompt` and `outcomes`"
                }
                let id = row["id"]?.string ?? "\(prompts.count)"
                var outcomes: [String: RecordedOutcome] = [:]
                for member in members where wanted?.contains(member.name) ?? true {
                    guard let score = member.value["score"]?.double, (0...1).contains(score) else {
                        return "the outcome of \(member.name) needs a `score` from 0 to 1"
                    }
                    let counts = counted[id]?[member.name]
                    let input = member.value["input_tokens"]?.int ?? counts?.input
                    let output = member.value["output_tokens"]?.int ?? counts?.output
                    var cost = member.value["cost_usd"]?.double
                    if cost == nil, let price = prices[member.name], let input, let output {
                        cost = (Double(input) * price.input + Double(output) * price.output) / 1_000_000
                    }
                    outcomes[member.name] = RecordedOutcome(
                        score: score, cost: cost, inputTokens: input, outputTokens: output,
                        answer: answers ? member.value["response"].flatMap(RecordedAnswer.init) : nil)
                }
                let question = row["question"]?.string ?? String(text.suffix(400))
                prompts.append(
                    RecordedPrompt(
                        id: id, question: question, prompt: RecordedRequest.prompt(text, tools: row["tools"]),
                        outcomes: outcomes))
                return nil
            }
        }
        return prompts
    }

    private static func readTokens(
        _ paths: [String]
    ) throws(RecordingsError) -> [String: [String: (input: Int, output: Int)]] {
        var counts: [String: [String: (input: Int, output: Int)]] = [:]
        for path in paths {
            try RecordingLines.read(path) { row in
                guard let id = row["id"]?.string, let input = row["prompt_tokens_cl100k"]?.int,
                    let outputs = row["response_tokens_cl100k"]?.members
                else { return "counted tokens need `id`, `prompt_tokens_cl100k` and `response_tokens_cl100k`" }
                for output in outputs {
                    if let count = output.value.int { counts[id, default: [:]][output.name] = (input, count) }
                }
                return nil
            }
        }
        return counts
    }

    /// Dollars for a million tokens.
    private static func readPrices(
        _ path: String
    ) throws(RecordingsError) -> [String: (input: Double, output: Double)] {
        var prices: [String: (input: Double, output: Double)] = [:]
        try RecordingLines.readObject(path) { name, value in
            if let input = value["input_per_1m"]?.double, let output = value["output_per_1m"]?.double {
                prices[name] = (input, output)
            }
        }
        return prices
    }
}
