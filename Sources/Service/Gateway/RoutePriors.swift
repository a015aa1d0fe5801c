internal import Catalog
internal import Dialogue
internal import Glibc
internal import Prediction
internal import Routing

/// What public outcomes, grades and prices tell of a route's candidates, brought to the level of the route's own traffic.
///
/// Made once for each configuration and predictor: a request looks up no name.
struct RoutePriors: Sendable {
    /// What each candidate's prior follows from, as half a sentence.
    let bases: [String]
    /// For each task class, by its place, the log-odds of each candidate.
    private let logOdds: [[Double]]
    /// What was seen of each candidate of which too little was seen to learn from.
    private let glimpses: [SuccessTable.Tally?]

    init(_ candidates: [Candidate], places: [Int?], predictor: SuccessPredictor) {
        let prior = { (candidate: Candidate, taskClass: TaskClass) in
            SuccessPriors.shipped.prior(
                of: candidate.upstreamName, taskClass: taskClass, grade: candidate.model.grade,
                price: candidate.prices.dollarsPerMillion)
        }
        // Traffic that is easier or harder than public outcomes is so for every model alike.
        var (sum, weight) = (0.0, SuccessPrior.worth)
        for (candidate, place) in zip(candidates, places) {
            guard let model = place.map({ predictor.models[$0] }) else { continue }
            let count = min(Double(model.count), 200)
            let rate = model.table.overallRate
            sum += count * (log(rate / (1 - rate)) - prior(candidate, .unknown).logOdds)
            weight += count
        }
        let level = sum / weight
        bases = candidates.map { prior($0, .unknown).basis.words }
        glimpses = candidates.map { candidate in
            candidate.predictorNames.lazy.compactMap { predictor.glimpses[$0] }.first
        }
        logOdds = TaskClass.allCases.map { taskClass in candidates.map { prior($0, taskClass).logOdds + level } }
    }

    /// The probability of success of each candidate, in order.
    func probabilities(_ prompt: PromptVector) -> [Double] {
        let toll = SuccessPriors.shipped.toll(PromptDemand(prompt))
        return zip(logOdds[prompt.taskClass.place], glimpses).map { odds, seen in
            let prior = 1 / (1 + exp(toll - odds))
            guard let seen else { return prior }
            return (seen.successes + SuccessPrior.worth * prior) / (seen.weight + SuccessPrior.worth)
        }
    }
}

extension Candidate {
    /// What a predictor may call the candidate.
    var predictorNames: [String] { [model.name.text, upstreamName, "\(provider)/\(model.name)"] }
}
