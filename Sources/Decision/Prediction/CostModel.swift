/// What a model's answer is expected to cost: a base and so much for each input token, by least squares.
package struct CostModel: Hashable, Sendable {
    /// Dollars.
    package let base: Double
    /// Dollars for an input token.
    package let perToken: Double

    /// Costs that are known.
    package init(base: Double, perToken: Double) {
        self.base = base
        self.perToken = perToken
    }

    /// Fits recorded costs; with inputs that never vary, or costs that fall with them, the mean cost.
    package init(inputTokens: [Int], costs: [Double]) {
        let count = Double(max(costs.count, 1))
        let meanTokens = inputTokens.reduce(0) { $0 + Double($1) } / count
        let meanCost = costs.reduce(0, +) / count
        var (variance, covariance) = (0.0, 0.0)
        for (tokens, cost) in zip(inputTokens, costs) {
            variance += (Double(tokens) - meanTokens) * (Double(tokens) - meanTokens)
            covariance += (Double(tokens) - meanTokens) * (cost - meanCost)
        }
        let slope = variance > 0 ? max(covariance / variance, 0) : 0
        perToken = min(slope, meanTokens > 0 ? meanCost / meanTokens : slope)
        base = meanCost - perToken * meanTokens
    }

    /// Dollars, never negative.
    package func cost(inputTokens: Int) -> Double { base + perToken * Double(inputTokens) }
}
