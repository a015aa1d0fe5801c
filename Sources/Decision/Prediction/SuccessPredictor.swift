package import Statistics

/// Estimates for each model whether it will answer a prompt right.
///
/// Tables of success by task class enter as offsets; a ridge regression on the prompt's features learns what they leave; a
/// logistic curve fitted on held-out predictions makes the sum a probability. For pairs of models the gain, the difference
/// of their scores, is learned beside it from the surface alone: it ranks prompts by the need for the stronger model
/// better than any difference of probabilities.
package struct SuccessPredictor: Sendable {
    package internal(set) var models: [ModelPredictor]
    /// Learned differences, for pairs that were seen together on enough prompts.
    package internal(set) var gains: [GainPredictor]
    let space: PromptSpace

    package init(models: [ModelPredictor], gains: [GainPredictor], space: PromptSpace) {
        self.models = models
        self.gains = gains
        self.space = space
    }

    /// The probability of success of every model, in the order of ``models``.
    package func probabilities(_ prompt: PromptVector) -> [Double] { probabilities(space.place(of: prompt)) }

    func probabilities(_ place: PromptPlace) -> [Double] { models.map { $0.probability(place) } }

    /// How much a prompt needs the stronger of two models, as the share of the prompts learned from that needed it less;
    /// nil if the pair was not learned.
    package func rank(_ prompt: PromptVector, cheap: String, strong: String) -> Double? {
        guard let pair = gains.first(where: { $0.isPair(cheap, strong) }) else { return nil }
        guard let need = need(prompt, cheap: pair.cheap, strong: pair.strong) else { return nil }
        return pair.cheap == cheap ? pair.rank(of: need) : 1 - pair.rank(of: need)
    }

    /// What ``rank(_:cheap:strong:)`` goes by, for a pair as it was learned; nil if it was not.
    ///
    /// See ``GainPredictor/need(gain:cheap:strong:)``.
    package func need(_ prompt: PromptVector, cheap: String, strong: String) -> Double? {
        let place = space.place(of: prompt)
        guard let gain = gain(place, cheap: cheap, strong: strong),
            let one = models.first(where: { $0.name == cheap }), let other = models.first(where: { $0.name == strong })
        else { return nil }
        return GainPredictor.need(gain: gain, cheap: one.probability(place), strong: other.probability(place))
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

    /// The query type of a prompt, by its place among those learned.
    package func type(of prompt: PromptVector) -> Int? { space.place(of: prompt).type }
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

    func probability(_ place: PromptPlace) -> Double {
        let learned = zip(weights, place.inputs).reduce(intercept) { $0 + Double($1.0 * $1.1) }
        return calibration.probability(of: table.rate(place.taskClass, type: place.type) + learned)
    }
}

/// The learned difference of two models' scores.
package struct GainPredictor: Hashable, Sendable {
    package var cheap: String
    package var strong: String
    /// One weight for each standardised surface signal.
    package var weights: [Float]
    package var intercept: Double
    /// Percentiles of the held-out needs, from the least to the greatest.
    package var percentiles: [Float]

    /// Whether it is the difference of these two, either way round.
    package func isPair(_ cheap: String, _ strong: String) -> Bool {
        (self.cheap == cheap && self.strong == strong) || (self.cheap == strong && self.strong == cheap)
    }

    func gain(_ values: [Float]) -> Double { zip(weights, values).reduce(intercept) { $0 + Double($1.0 * $1.1) } }

    /// A prompt's need for the stronger model: the probability that it alone is right, were the two independent, and half of
    /// the gain learned from the surface.
    ///
    /// Either alone ranks worse on some recorded set, and the probability that the cheaper model is wrong ranks worst where
    /// the stronger one is wrong too.
    static func need(gain: Double, cheap: Double, strong: Double) -> Double { strong * (1 - cheap) + gain / 2 }

    /// 0...1, linear between percentiles.
    func rank(of need: Double) -> Double {
        guard let first = percentiles.first, let last = percentiles.last, percentiles.count > 1 else { return 0.5 }
        let need = Float(need)
        if need <= first { return 0 }
        if need >= last { return 1 }
        let above = percentiles.firstIndex { $0 > need } ?? percentiles.count - 1
        let (low, high) = (percentiles[above - 1], percentiles[above])
        let part = high > low ? Double((need - low) / (high - low)) : 0
        return (Double(above - 1) + part) / Double(percentiles.count - 1)
    }
}
