internal import Arguments
internal import Cascade
internal import Prediction
internal import Recordings

/// Recorded outcomes as a command was given them, with the features of their prompts.
struct OutcomeFiles {
    let models: [String]
    /// The prompts' names in the files.
    let ids: [String]
    let observations: [Observation]
    /// Dollars for each observation and model; nil where unknown.
    let costs: [[Double?]]
    /// Input and output tokens for each observation and model, where known.
    let inputTokens: [Int]
    /// The prompts with what the checks found in each answer; empty unless answers were asked for.
    let answered: [AnsweredPrompt]
    /// For each observation and model the stored form of the answer's sketch, where there is one; nil unless they were asked for.
    let sketches: [[[UInt8]?]]

    /// Reads the files that the operands name.
    ///
    /// Models that are not named are all that occur, by name.
    init(
        _ invocation: Invocation, models wanted: [String]?, answers: AnswerReading = .none
    ) async throws(CommandFailure) {
        let prompts: [RecordedPrompt]
        do throws(RecordingsError) {
            prompts = try RecordedOutcomes.read(
                paths: invocation.operands, tokens: invocation.all(.tokens), prices: invocation[.prices],
                models: wanted, answers: answers != .none)
        } catch {
            throw .failed("\(error)")
        }
        guard !prompts.isEmpty else {
            throw .failed(
                "no outcomes in \(invocation.operands.joined(separator: ", ")): each line is one prompt with them")
        }
        var names: Set<String> = []
        for prompt in prompts { names.formUnion(prompt.outcomes.keys) }
        if let missing = wanted?.first(where: { !names.contains($0) }) {
            throw .failed(
                "no outcome of '\(missing)' in \(invocation.operands.joined(separator: ", ")): --models takes names as "
                    + "the files write them")
        }
        let models = wanted ?? names.sorted()
        let looked = await LookedPrompt.all(prompts, models: models, answers: answers)
        costs = prompts.map { recorded in models.map { recorded.outcomes[$0]?.cost } }
        inputTokens = prompts.map { recorded in recorded.outcomes.values.compactMap(\.inputTokens).max() ?? 0 }
        self.models = models
        ids = prompts.map(\.id)
        observations = looked.map(\.observation)
        answered = looked.compactMap(\.answered)
        sketches = looked.map(\.sketches)
    }
}

extension Option {
    static let tokens = Option.values("tokens", "FILE", "Counted tokens of the recordings.")
    static let prices = Option.value("prices", "FILE", "Prices by model, for costs that are not recorded.")
    static let onlyModels = Option.value("models", "A,B,C", "Only these models.")
    static let folds = Option.value("folds", "N", "Parts to judge one after the other; 5 by default.")
    static let value = Option.value("value", "DOLLARS", "What a right answer is worth.")
    static let plot = Option.value("plot", "FILE", "Writes an HTML page with a picture.")
    static let seed = Option.value("seed", "N", "Of the split into parts; 1 by default.")
}

extension Invocation {
    /// The comma-separated values of an option.
    func list(_ option: Option) -> [String]? { self[option]?.split(separator: ",").map(String.init) }
}
