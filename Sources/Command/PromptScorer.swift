internal import Arguments
internal import Catalog
internal import Dialogue
internal import Features
internal import JSON
internal import Prediction
internal import TaskClasses
internal import WireFormats

/// Scores prompts by their need for the stronger of two models.
struct PromptScorer {
    struct Fault: Error { let reason: String }

    private let predictor: SuccessPredictor?
    private let names: TypeNames?
    private let pair: (cheap: String, strong: String)?
    private let threshold: Double
    private let extractor = FeatureExtractor()
    private let parser = JSONParser()

    init(
        predictor: SuccessPredictor?, cheap: String?, strong: String?, threshold: Double
    ) throws(CommandFailure) {
        self.predictor = predictor
        self.threshold = threshold
        names = predictor.map(TypeNames.init)
        guard (cheap == nil) == (strong == nil) else { throw .usage("--cheap and --strong belong together") }
        guard let predictor else {
            pair = cheap.flatMap { cheap in strong.map { (cheap, $0) } }
            return
        }
        let known = predictor.models.map(\.name)
        if let cheap, let strong {
            guard let unknown = [cheap, strong].first(where: { !known.contains($0) }) else {
                guard predictor.gains.contains(where: { $0.isPair(cheap, strong) }) else {
                    throw .failed(
                        "\(cheap) and \(strong) were not learned together: train on prompts that both answered")
                }
                pair = (cheap, strong)
                return
            }
            throw .failed("the predictor does not know '\(unknown)': it knows \(known.joined(separator: ", "))")
        }
        guard known.count == 2, let only = predictor.gains.first else {
            throw .usage("score needs --cheap and --strong: the predictor knows \(known.joined(separator: ", "))")
        }
        pair = (only.cheap, only.strong)
    }

    /// The line to write for a line that was read.
    func line(_ row: JSONValue) -> Result<String, Fault> {
        let prompt: Prompt
        switch self.prompt(row) {
        case .success(let read): prompt = read
        case .failure(let fault): return .failure(fault)
        }
        let features = extractor.features(of: prompt)
        let taskClass = TaskClassifier.shipped.classify(features, prompt: prompt).taskClass
        let vector = PromptVector(features, taskClass: taskClass)
        let judged = judge(vector)
        var json = JSONWriter()
        json.object { json in
            if let id = row["id"] { json.member("id", raw: id.raw) } else { json.member("id", String?.none) }
            json.member("score", judged.score)
            json.member("strong", judged.score >= threshold)
            json.member("task", taskClass.rawValue)
            json.key("type")
            if let type = predictor?.type(of: vector) {
                json.string("type-\(type): \(names?[type] ?? "")")
            } else {
                json.null()
            }
            json.member(
                "p",
                object: { json in
                    for estimate in judged.probabilities {
                        json.key(named: estimate.model)
                        json.double(estimate.p)
                    }
                })
        }
        return .success(String(decoding: json.bytes, as: UTF8.self))
    }

    private func judge(_ vector: PromptVector) -> (score: Double, probabilities: [(model: String, p: Double)]) {
        if let predictor, let pair {
            let probabilities = zip(predictor.models, predictor.probabilities(vector)).map { (model: $0.name, p: $1) }
            let rank = predictor.rank(vector, cheap: pair.cheap, strong: pair.strong)
            return (rank ?? 0.5, probabilities)
        }
        let toll = SuccessPriors.shipped.toll(PromptDemand(vector))
        let estimates = (pair.map { [$0.cheap, $0.strong] } ?? []).map { name in
            (model: name, p: Self.prior(of: name, taskClass: vector.taskClass).probability(toll: toll))
        }
        let cheap = estimates.first?.p ?? SuccessPrior(logOdds: 0, basis: .nothing).probability(toll: toll)
        return (1 - cheap, estimates)
    }

    private static func prior(of name: String, taskClass: TaskClass) -> SuccessPrior {
        let model = ModelCatalog.shipped[name]
        return SuccessPriors.shipped.prior(
            of: name, taskClass: taskClass, grade: model?.grade, price: model?.prices?.dollarsPerMillion)
    }

    private func prompt(_ row: JSONValue) -> Result<Prompt, Fault> {
        if let text = row["prompt"]?.string {
            return .success(Prompt(model: "auto", messages: [Message(role: .user, text: text)]))
        }
        guard row["messages"] != nil, let members = row.members else {
            return .failure(Fault(reason: "a line needs `prompt` or `messages`"))
        }
        var json = JSONWriter()
        json.object { json in
            json.member("model", "auto")
            for member in members where member.name != "id" && member.name != "model" {
                json.key(named: member.name)
                json.value(member.value)
            }
        }
        do throws(APIFailure) {
            return .success(try WireFormat.openai.decodeRequest(json.bytes, parser: parser).prompt)
        } catch {
            return .failure(Fault(reason: error.message))
        }
    }
}
