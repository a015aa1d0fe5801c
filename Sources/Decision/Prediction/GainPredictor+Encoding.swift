internal import QueryTypes

extension GainPredictor {
    /// Whether the weights are as many as the space asks for.
    func fits(_ space: PromptSpace) -> Bool {
        weights.count == space.surfaceCount && needWeights.count == space.inputCount
    }
}

extension BinaryWriter {
    mutating func write(_ gain: GainPredictor) {
        write(gain.cheap)
        write(gain.strong)
        write(gain.weights)
        write(gain.intercept)
        write(gain.needLine.intercept)
        write(gain.needLine.ofFailure)
        write(gain.needLine.ofSuccess)
        write(gain.needWeights)
        write(gain.percentiles)
    }
}

extension BinaryReader {
    /// - Throws: that the file is damaged.
    mutating func gain() throws(PredictorFileError) -> GainPredictor {
        let (cheap, strong) = (try text(), try text())
        let (weights, intercept) = (try floats(), try double())
        let line = NeedLine(intercept: try double(), ofFailure: try double(), ofSuccess: try double())
        return GainPredictor(
            cheap: cheap, strong: strong, weights: weights, intercept: intercept, needLine: line,
            needWeights: try floats(), percentiles: try floats())
    }
}
