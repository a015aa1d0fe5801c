internal import Dialogue

extension ExchangeRecord {
    /// What a verdict on the delivered answer tells of it, and of the drafts that were not delivered; none where nothing can be
    /// learned: no answer was delivered, or the model was pinned.
    ///
    /// A draft that says the same is as right; one that differs is wrong where the delivered answer is wholly right. Of any other
    /// the verdict tells nothing. A model is told of once, by the delivered answer before all others.
    package func outcomes(
        _ source: OutcomeRecord.Source, score: Double, at time: Int64
    ) -> [OutcomeRecord] {
        guard let prompt, let deliveredModel else { return [] }
        let name = OutcomeRecord.id(source, of: id)
        var outcomes = [
            OutcomeRecord(
                id: name, time: time, source: source, model: deliveredModel, score: score, exchange: id,
                taskClass: taskClass, prompt: prompt, answer: deliveredRecord?.sketch)
        ]
        // The judgement of another answer chose it or set it aside, which no probability tells.
        let sketch = PromptSketch(features: prompt.features, group: prompt.group, propensity: 0)
        for draft in attempts where draft.isAnswer && !outcomes.contains(where: { $0.model == draft.model }) {
            let known: Double? =
                switch draft.likeness {
                case .same: score
                case .different: score == 1 ? 0 : nil
                case .unclear, nil: nil
                }
            guard let known else { continue }
            outcomes.append(
                OutcomeRecord(
                    id: "\(name)/\(draft.number)", time: time, source: source, model: draft.model, score: known,
                    exchange: id, taskClass: taskClass, prompt: sketch, answer: draft.sketch))
        }
        return outcomes
    }
}
