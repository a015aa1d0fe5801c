import Dialogue

extension Check {
    /// How sure the model was of its tokens, over the final answer alone if one is found.
    static let logProbability = Check(name: "confidence.tokens", applies: { !$0.tokens.isEmpty }) {
        answer, budget, findings in
        let part = answer.final?.range ?? 0..<answer.bytes.count
        var place = 0
        var (sum, count, least, margin) = (0.0, 0.0, 0.0, Double.infinity)
        for token in answer.tokens.prefix(20_000) {
            let end = place + token.text.utf8.count
            if end > part.lowerBound, place < part.upperBound, token.logProbability.isFinite {
                let probability = min(0, token.logProbability)
                sum += probability
                count += 1
                least = min(least, probability)
                if let other = token.runnerUp { margin = min(margin, probability - other) }
            }
            place = end
        }
        guard count > 0 else { return }
        findings.signals[.meanLogProbability] = sum / count
        findings.signals[.leastLogProbability] = least
        findings.signals[.tokenMargin] = margin.isFinite ? min(margin, 20) : 0
        let sure = least > -0.1
        findings.add(
            Evidence(
                "confidence.tokens", sure ? .passes : least < -1.5 ? .fails : .unclear,
                strength: sure ? 0.5 : min(0.7, -least / 4),
                sure ? "it was sure of every word of its answer" : "it was unsure of a word of its answer", span: part))
    }
}
