internal import Dialogue
internal import QueryTypes
internal import Statistics

extension ModelPredictor {
    /// Whether tables and weights are as long as the space asks for.
    func fits(_ space: PromptSpace) -> Bool {
        weights.count == space.inputCount && table.byClass.count == TaskClass.allCases.count
            && table.byType.count == space.types.centres.count
    }
}

extension BinaryWriter {
    mutating func write(_ model: ModelPredictor) {
        write(model.name)
        write(UInt32(clamping: model.count))
        write(model.table.priors.ofClass)
        write(model.table.priors.ofType)
        write(model.table.share)
        write([model.table.overall])
        write(model.table.byClass)
        write(model.table.byType)
        write(model.weights)
        write(model.intercept)
        write(model.calibration.slope)
        write(model.calibration.intercept)
        write(model.calibration.weight)
    }

    mutating func write(_ tallies: [SuccessTable.Tally]) {
        write(UInt32(tallies.count))
        for tally in tallies {
            write(tally.successes)
            write(tally.weight)
        }
    }
}

extension BinaryReader {
    /// - Throws: that the file is damaged.
    mutating func model() throws(PredictorFileError) -> ModelPredictor {
        let (name, count) = (try text(), Int(try integer()))
        let priors = SuccessTable.PriorWeights(ofClass: try double(), ofType: try double())
        let share = try double()
        guard let overall = try tallies().first, (0...1).contains(share) else { throw .damaged }
        let table = SuccessTable(
            priors: priors, share: share, overall: overall, byClass: try tallies(), byType: try tallies())
        let (weights, intercept) = (try floats(), try double())
        let (slope, height, weight) = (try double(), try double(), try double())
        guard weight >= 0 else { throw .damaged }
        return ModelPredictor(
            name: name, count: count, table: table, weights: weights, intercept: intercept,
            calibration: PlattCalibration(slope: slope, intercept: height, weight: weight))
    }

    /// - Throws: that the file is damaged.
    mutating func tallies() throws(PredictorFileError) -> [SuccessTable.Tally] {
        var tallies: [SuccessTable.Tally] = []
        for _ in 0..<(try integer()) {
            tallies.append(SuccessTable.Tally(successes: try double(), weight: try double()))
        }
        return tallies
    }
}
