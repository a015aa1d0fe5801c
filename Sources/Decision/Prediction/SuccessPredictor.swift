internal import QueryTypes
package import Statistics

/// Estimates for each model whether it will answer a prompt right.
///
/// Tables of success by task class enter as offsets, as far as they help; a ridge regression on the prompt's features learns what they leave; a
/// logistic curve fitted on held-out predictions makes the sum a probability. For pairs of models the gain, the difference
/// of their scores, is learned beside it, and how much a prompt needs the stronger one.
package struct SuccessPredictor: Sendable {
    package internal(set) var models: [ModelPredictor]
    /// Learned differences, for pairs that were seen together on enough prompts.
    package internal(set) var gains: [GainPredictor]
    /// How often models were right of which there are too few outcomes to learn more.
    package internal(set) var glimpses: [String: SuccessTable.Tally] = [:]
    let space: PromptSpace

    package init(models: [ModelPredictor], gains: [GainPredictor], space: PromptSpace) {
        self.models = models
        self.gains = gains
        self.space = space
    }

    /// Whether it was learned from prompts of so many values, so many of which are surface signals.
    package func reads(surface: Int, values: Int) -> Bool {
        space.surfaceCount == surface && space.standardisation.means.count == values
    }

    /// The probability of success of every model, in the order of ``models``.
    package func probabilities(_ prompt: PromptVector) -> [Double] { probabilities(space.place(of: prompt)) }

    func probabilities(_ place: PromptPlace) -> [Double] {
        models.map { $0.probability(place.cell, place.inputs[...]) }
    }

    /// How much a prompt needs the stronger of two models, as the share of the prompts learned from that needed it less;
    /// nil if the pair was not learned.
    package func rank(_ prompt: PromptVector, cheap: String, strong: String) -> Double? {
        guard let pair = gains.first(where: { $0.isPair(cheap, strong) }) else { return nil }
        guard let need = need(prompt, cheap: pair.cheap, strong: pair.strong) else { return nil }
        return pair.cheap == cheap ? pair.rank(of: need) : 1 - pair.rank(of: need)
    }

    /// What ``rank(_:cheap:strong:)`` goes by, for a pair as it was learned; nil if it was not, or leads alone were.
    package func need(_ prompt: PromptVector, cheap: String, strong: String) -> Double? {
        let place = space.place(of: prompt)
        guard let pair = gains.first(where: { $0.cheap == cheap && $0.strong == strong }), !pair.percentiles.isEmpty,
            let one = models.first(where: { $0.name == cheap }), let other = models.first(where: { $0.name == strong })
        else { return nil }
        return pair.need(
            place.inputs, cheap: one.probability(place.cell, place.inputs[...]),
            strong: other.probability(place.cell, place.inputs[...]))
    }

    private func gain(_ place: PromptPlace, cheap: String, strong: String) -> Double? {
        guard let pair = gains.first(where: { $0.isPair(cheap, strong) }) else { return nil }
        let gain = pair.gain(place.inputs)
        return pair.cheap == cheap ? gain : -gain
    }

    /// By how much each model's score is expected to exceed the baseline's, in the order of ``models``: the mean of the learned
    /// gain and the difference of probabilities, or the difference alone for a pair that was not learned.
    package func leads(_ prompt: PromptVector, over baseline: String) -> [Double] {
        let place = space.place(of: prompt)
        return leads(place, probabilities(place), over: baseline)
    }

    func leads(_ place: PromptPlace, _ probabilities: [Double], over baseline: String) -> [Double] {
        let reference = models.firstIndex { $0.name == baseline }.map { probabilities[$0] } ?? 0
        return zip(models, probabilities).map { model, p in
            if model.name == baseline { return 0 }
            guard let gain = gain(place, cheap: baseline, strong: model.name) else { return p - reference }
            return (gain + p - reference) / 2
        }
    }

    /// The number of a prompt's query type; nil if there are no types.
    package func type(of prompt: PromptVector) -> Int? { space.type(of: prompt).map { space.types.numbers[$0] } }
}

/// What was learned of one model.
package struct ModelPredictor: Equatable, Sendable {
    package var name: String
    /// Observations learned from.
    package var count: Int
    package var table: SuccessTable
    /// One weight for each standardised input.
    package var weights: [Float]
    package var intercept: Double
    package var calibration: PlattCalibration

    func probability(_ cell: PromptCell, _ inputs: ArraySlice<Float>) -> Double {
        let learned = zip(weights, inputs).reduce(intercept) { $0 + Double($1.0 * $1.1) }
        return calibration.probability(of: table.rate(cell.taskClass, type: cell.type) + learned)
    }
}
