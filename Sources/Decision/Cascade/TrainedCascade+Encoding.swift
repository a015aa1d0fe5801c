internal import Experience
package import Prediction

/// The stored form of a cascade: little-endian, each list after its length. It is kept inside the predictor's file, whose
/// version and checksum cover it.
extension TrainedCascade {
    /// Whether it reads the evidence of this release and so many surface signals of a prompt.
    package func reads(surface count: Int) -> Bool { evidence.allSatisfy { $0.reads(surface: count) } }

    package var encoded: [UInt8] {
        var out = BinaryWriter()
        out.write(UInt32(models.count))
        for model in models.indices {
            out.write(models[model])
            out.write(UInt32(ranks[model]))
            out.write(costs[model].base)
            out.write(costs[model].perToken)
            out.write(evidence[model])
        }
        out.write(UInt32(mostAnswers))
        out.write(UInt32(values.count))
        for value in values { out.write(value) }
        out.write(UInt32(states.count))
        for (set, learned) in states.sorted(by: { $0.key < $1.key }) {
            out.write(set)
            out.write(learned.stop)
            out.write(UInt32(learned.next.isEmpty ? 0 : values.count))
            for start in stride(from: 0, to: learned.next.count, by: learned.features.count + 1) {
                out.write(Array(learned.next[start...learned.features.count + start]))
            }
        }
        return out.bytes
    }

    /// - Throws: that the bytes are no cascade.
    package init(encoded bytes: [UInt8]) throws(PredictorFileError) {
        var reader = BinaryReader(bytes[...])
        let count = Int(try reader.integer())
        guard count <= CascadeTrainer.mostModels else { throw .damaged }
        var (models, ranks, costs, evidence) = ([String](), [Int](), [CostModel](), [EvidenceModel]())
        for _ in 0..<count {
            models.append(try reader.text())
            ranks.append(Int(try reader.integer()))
            costs.append(CostModel(base: try reader.double(), perToken: try reader.double()))
            evidence.append(try reader.evidenceModel())
        }
        let mostAnswers = Int(try reader.integer())
        var values: [Double] = []
        for _ in 0..<(try reader.integer()) { values.append(try reader.double()) }
        var states: [UInt32: SetRegressions] = [:]
        for _ in 0..<(try reader.integer()) {
            let set = try reader.integer()
            guard set >> UInt32(count) == 0, set.nonzeroBitCount <= CascadeTrainer.mostAnswers else { throw .damaged }
            let features = SituationFeatures(set: set, models: count)
            var learned = SetRegressions(features: features, stop: try reader.floats(), next: [])
            let policies = Int(try reader.integer())
            guard learned.stop.count == (set == 0 ? 0 : features.count + 1), [0, values.count].contains(policies) else {
                throw .damaged
            }
            for _ in 0..<policies * features.open.count {
                let weights = try reader.floats()
                guard weights.count == features.count + 1 else { throw .damaged }
                learned.next += weights
            }
            states[set] = learned
        }
        guard reader.bytes.isEmpty, mostAnswers > 0, !values.isEmpty, values.allSatisfy({ $0 > 0 }),
            Set(ranks) == Set(0..<count)
        else { throw .damaged }
        self.init(
            models: models, mostAnswers: mostAnswers, ranks: ranks, evidence: evidence, costs: costs, values: values,
            states: states)
    }
}
