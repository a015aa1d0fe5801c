internal import Arguments
internal import Dialogue
internal import Digests
internal import Features
internal import Files
internal import JSON
internal import Journal
internal import Ledger
internal import Prediction
internal import Recordings
internal import Storage
internal import TaskClasses
internal import Telemetry

extension Subcommand {
    static let outcomes: Subcommand = Subcommand(
        "outcomes", summary: "Imports evidence about answers to learn from, or exports what there is.",
        details: """
            outcomes import FILES… takes files that outcomes export wrote, or recorded evaluations: JSONL {"id", "prompt",
            "outcomes": {MODEL: {"score": 0 to 1, "response"?}}}, gzipped or not; with responses it is learned what right and wrong
            answers look like. What is known already is left as it is.
            outcomes export writes all outcomes as JSONL to standard output. They hold numbers, no text of a prompt or an answer.
            """,
        options: [.data, .onlyModels], operand: Operand("ACTION", "import FILES… or export.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        let folder = invocation[.data] ?? "farthing-data"
        switch invocation.operands.first {
        case "import" where invocation.operands.count > 1: try await bring(invocation, into: folder)
        case "export" where invocation.operands.count == 1: try await export(folder)
        default: throw .usage("outcomes takes 'import FILES…' or 'export'")
        }
    }

    private static func bring(_ invocation: Invocation, into folder: String) async throws(CommandFailure) {
        var outcomes: [OutcomeRecord] = []
        let reader = OutcomeReader(models: invocation.list(.onlyModels))
        for path in invocation.operands.dropFirst() { outcomes += try reader.read(path) }
        do {
            // Whoever writes the ledger owns the folder.
            let claim = try Journal.open(folder: folder)
            defer { withExtendedLifetime(claim) {} }
            let new = try await SQLiteLedger.open("\(folder)/ledger.sqlite").insert(outcomes)
            print("\(new) new, \(outcomes.count - new) known")
        } catch JournalError.inUse {
            throw .failed("a gateway runs on \(folder): stop it, import, and start it again")
        } catch {
            throw .failed("\(error)")
        }
    }

    private static func export(_ folder: String) async throws(CommandFailure) {
        do {
            guard let store = try SQLiteLedger.openForReading("\(folder)/ledger.sqlite") else {
                throw CommandFailure.failed("there is no ledger in \(folder): name the data folder with --data")
            }
            var last: Int64 = 0
            while true {
                let batch = try await store.outcomes(after: last, limit: 1000)
                guard let end = batch.last else { return }
                for (_, outcome) in batch {
                    var json = JSONWriter()
                    json.object { outcome.write(to: &$0) }
                    print(String(decoding: json.bytes, as: UTF8.self))
                }
                last = end.number
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw .failed("\(error)")
        }
    }
}

/// Reads outcomes of either layout.
private struct OutcomeReader {
    let models: [String]?
    private let extractor = FeatureExtractor()
    private let time = WallClock.microseconds

    init(models: [String]?) {
        self.models = models
    }

    func read(_ path: String) throws(CommandFailure) -> [OutcomeRecord] {
        do throws(RecordingsError) {
            guard try isExport(path) else {
                return try RecordedOutcomes.read(paths: [path], models: models, answers: true).flatMap(outcomes)
            }
            var outcomes: [OutcomeRecord] = []
            try RecordingLines.read(path) { row in
                guard let outcome = OutcomeRecord(row) else { return "is no outcome as 'outcomes export' writes them" }
                if models?.contains(outcome.model.text) ?? true { outcomes.append(outcome) }
                return nil
            }
            return outcomes
        } catch {
            throw .failed("\(error)")
        }
    }

    /// Whether the first line is of an export.
    private func isExport(_ path: String) throws(RecordingsError) -> Bool {
        var isExport: Bool?
        try RecordingLines.read(path) { row in
            if isExport == nil { isExport = row["outcomes"] == nil && row["features"] != nil }
            return nil
        }
        return isExport ?? false
    }

    private func outcomes(of recorded: RecordedPrompt) -> [OutcomeRecord] {
        let features = extractor.features(of: recorded.prompt)
        let taskClass = TaskClassifier.shipped.classify(features, prompt: recorded.prompt).taskClass
        let sketch = PromptSketch(
            features: PromptVector(features, taskClass: taskClass).encoded, group: PromptGroup.of(recorded.question))
        return recorded.outcomes.sorted { $0.key < $1.key }.map { name, outcome in
            let answer = outcome.answer.flatMap { answer in
                LookedAnswer(
                    answer, to: recorded.prompt, taskClass: taskClass, with: extractor, sketches: true
                ).sketch
            }
            return OutcomeRecord(
                id: "import/\(SHA256Digest(of: "\(recorded.id)\u{0}\(name)").description.prefix(32))", time: time,
                source: .reference, model: ModelName(name), score: outcome.score, taskClass: taskClass, prompt: sketch,
                answer: answer)
        }
    }
}
