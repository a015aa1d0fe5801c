internal import Statistics

/// What a predictor says of one model on one prompt.
package struct SuccessAssessment: Hashable, Sendable {
    /// The probability that the model's answer is right.
    package var probability: Double
    /// The 90 % score interval (Wilson 1927) of that probability, if it rested on ``effectiveOutcomes`` alone.
    package var interval: ClosedRange<Double>
    /// By how much the model's score is expected to exceed the baseline's.
    package var lead: Double
    /// The outcomes of the model that the estimate rests on: those of the query type, with what the levels above are worth, and
    /// more the less classes and types tell.
    package var effectiveOutcomes: Double
}

extension SuccessPredictor {
    /// An assessment of each model, in the order of ``models``; leads are as ``leads(_:over:)`` has them.
    package func assess(_ prompt: PromptVector, over baseline: String) -> [SuccessAssessment] {
        let place = space.place(of: prompt)
        let probabilities = probabilities(place)
        let leads = leads(place, probabilities, over: baseline)
        return models.indices.map { index in
            let outcomes = models[index].table.effectiveOutcomes(place.cell.taskClass, type: place.cell.type)
            return SuccessAssessment(
                probability: probabilities[index], interval: Self.interval(probabilities[index], outcomes: outcomes),
                lead: leads[index], effectiveOutcomes: outcomes)
        }
    }

    private static func interval(_ p: Double, outcomes: Double) -> ClosedRange<Double> {
        let z = 1.6449
        let centre = (p * outcomes + z * z / 2) / (outcomes + z * z)
        let half = z / (outcomes + z * z) * (p * (1 - p) * outcomes + z * z / 4).squareRoot()
        return max(0, centre - half)...min(1, centre + half)
    }
}
