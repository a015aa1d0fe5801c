internal import Checks
internal import Dialogue
package import Prediction
internal import Statistics

/// The stored form of what was learned of answers: little-endian, each list after its length. It is kept inside the
/// predictor's file, whose version and checksum cover it.
extension AnswerKnowledge {
    package var encoded: [UInt8] {
        var out = BinaryWriter()
        out.write(UInt32(count))
        for patterns in [patterns.ofTypes, patterns.ofClasses] {
            out.write(UInt32(patterns.count))
            for (key, pattern) in patterns.sorted(by: { $0.key < $1.key }) {
                out.write(UInt32(key))
                out.write(pattern.centre)
                out.write(pattern.likeness)
                out.write(pattern.fit)
            }
        }
        out.write(UInt32(patterns.memories.count))
        for (name, memory) in patterns.memories.sorted(by: { $0.key < $1.key }) {
            out.write(name)
            out.write(memory.failed)
            out.write(memory.accepted)
        }
        out.write(UInt32(weights == nil ? 0 : 1))
        if let weights {
            // What the weights are about.
            out.write(UInt32(Signal.allCases.count))
            for signal in Signal.allCases { out.write(UInt32(signal.code)) }
            out.write(weights.start.usual)
            out.write(UInt32(weights.start.models.count))
            for (name, tally) in weights.start.models.sorted(by: { $0.key < $1.key }) {
                out.write(name)
                out.write(tally.successes)
                out.write(tally.weight)
            }
            out.write(weights.start.calibration.slope)
            out.write(weights.start.calibration.intercept)
            out.write(weights.start.calibration.weight)
            out.write(weights.model)
        }
        return out.bytes
    }

    /// Reads ``encoded`` for the predictor that it came with.
    ///
    /// - Throws: that the bytes are no such knowledge, or that its weights are of other signals than this release has.
    package convenience init(encoded bytes: [UInt8], predictor: SuccessPredictor) throws(PredictorFileError) {
        var reader = BinaryReader(bytes[...])
        let count = Int(try reader.integer())
        let (ofTypes, ofClasses) = (try reader.patterns(), try reader.patterns())
        var memories: [String: AnswerMemory] = [:]
        for _ in 0..<(try reader.integer()) {
            memories[try reader.text()] = AnswerMemory(
                failed: try reader.directions(), accepted: try reader.directions())
        }
        let weights = try reader.integer() == 1 ? try reader.weights() : nil
        guard reader.bytes.isEmpty else { throw .damaged }
        self.init(
            predictor: predictor,
            patterns: AnswerPatterns(ofTypes: ofTypes, ofClasses: ofClasses, memories: memories), weights: weights,
            count: count)
    }
}

extension BinaryWriter {
    fileprivate mutating func write(_ spread: Spread) {
        write([spread.mean, spread.deviation])
        write(spread.quantiles)
    }

    fileprivate mutating func write(_ directions: [AnswerDirection]) {
        write(UInt32(directions.count))
        for direction in directions { bytes += direction.steps.map { UInt8(bitPattern: $0) } }
    }
}

extension BinaryReader {
    fileprivate mutating func patterns() throws(PredictorFileError) -> [Int: AcceptedPattern] {
        var patterns: [Int: AcceptedPattern] = [:]
        for _ in 0..<(try integer()) {
            let key = Int(try integer())
            let pattern = AcceptedPattern(centre: try floats(), likeness: try spread(), fit: try spread())
            guard pattern.centre.count == AnswerDirection.width else { throw .damaged }
            patterns[key] = pattern
        }
        return patterns
    }

    private mutating func spread() throws(PredictorFileError) -> Spread {
        let (moments, quantiles) = (try floats(), try floats())
        guard moments.count == 2, quantiles.count == Spread.steps else { throw .damaged }
        return Spread(mean: moments[0], deviation: moments[1], quantiles: quantiles)
    }

    fileprivate mutating func directions() throws(PredictorFileError) -> [AnswerDirection] {
        var directions: [AnswerDirection] = []
        for _ in 0..<(try integer()) {
            directions.append(AnswerDirection(steps: try take(AnswerDirection.width).map { Int8(bitPattern: $0) }))
        }
        return directions
    }

    fileprivate mutating func weights() throws(PredictorFileError) -> AnswerWeights {
        var codes: [UInt16] = []
        for _ in 0..<(try integer()) { codes.append(UInt16(truncatingIfNeeded: try integer())) }
        guard codes == Signal.allCases.map(\.code) else { throw .otherSignals }
        let usual = try double()
        var models: [String: SuccessTable.Tally] = [:]
        for _ in 0..<(try integer()) {
            models[try text()] = SuccessTable.Tally(successes: try double(), weight: try double())
        }
        let (slope, height, weight) = (try double(), try double(), try double())
        let model = try evidenceModel()
        guard weight >= 0, model.weights.count == 1 + codes.count + AnswerPatterns.Signals.count else { throw .damaged }
        return AnswerWeights(
            start: ShippedStart(
                usual: usual, models: models,
                calibration: PlattCalibration(slope: slope, intercept: height, weight: weight)), model: model)
    }
}
