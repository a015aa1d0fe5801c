package import Prediction

extension BinaryWriter {
    package mutating func write(_ model: EvidenceModel) {
        write(model.standardisation.means)
        write(model.standardisation.scales)
        write(model.weights)
        write(model.intercept)
        write(model.slope)
        write(model.height)
    }
}

extension BinaryReader {
    /// Reads a model whose lists are equally long.
    package mutating func evidenceModel() throws(PredictorFileError) -> EvidenceModel {
        let model = EvidenceModel(
            standardisation: Standardisation(means: try floats(), scales: try floats()), weights: try floats(),
            intercept: try double(), slope: try double(), height: try double())
        guard model.standardisation.means.count == model.weights.count,
            model.standardisation.scales.count == model.weights.count
        else { throw .damaged }
        return model
    }
}
