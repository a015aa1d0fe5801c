import Foundation

/// Out-of-fold outputs of one kind of head, every fold holding out whole sources.
struct Evaluation {
    let examples: [Example]
    let outputs: [SIMD16<Float>]

    /// Sources to folds: the largest first, each to the fold where no class loses more of its examples than it must.
    static func folds(_ examples: [Example], count: Int) -> [Int] {
        var sizes: [String: [Int]] = [:]
        var totals = [Double](repeating: 0, count: Example.labels.count)
        for example in examples {
            sizes[example.source, default: Array(repeating: 0, count: totals.count)][example.label] += 1
            totals[example.label] += 1
        }
        let ordered = sizes.sorted { ($1.value.reduce(0, +), $0.key) < ($0.value.reduce(0, +), $1.key) }
        var held = [[Double]](repeating: Array(repeating: 0, count: totals.count), count: count)
        var foldOf: [String: Int] = [:]
        for (source, counts) in ordered {
            func loss(_ fold: Int) -> Double {
                totals.indices.reduce(0) { sum, label in
                    guard counts[label] > 0 else { return sum + held[fold][label] / totals[label] * 0.1 }
                    let share = (held[fold][label] + Double(counts[label])) / totals[label]
                    return sum + share * share * (share > 0.999 ? 100 : 1)
                }
            }
            let fold = (0..<count).min { loss($0) < loss($1) } ?? 0
            foldOf[source] = fold
            for label in totals.indices { held[fold][label] += Double(counts[label]) }
        }
        return examples.map { foldOf[$0.source] ?? 0 }
    }

    init(_ examples: [Example], folds: [Int], inputs: SoftmaxRegression.Inputs, epochs: Int, seed: UInt64) {
        var outputs = [SIMD16<Float>](repeating: SIMD16(), count: examples.count)
        for fold in Set(folds).sorted() {
            let training = examples.indices.filter { folds[$0] != fold }
            let model = SoftmaxRegression(examples, training, inputs: inputs, epochs: epochs, seed: seed)
            for place in examples.indices where folds[place] == fold { outputs[place] = model.outputs(examples[place]) }
        }
        (self.examples, self.outputs) = (examples, outputs)
    }

    func predicted(_ place: Int) -> Int {
        (0..<Example.labels.count).max { outputs[place][$0] < outputs[place][$1] } ?? 0
    }

    var hits: [Bool] { examples.indices.map { predicted($0) == examples[$0].label } }

    /// The temperature with the least negative log likelihood on the held-out outputs.
    var temperature: Float {
        func loss(_ temperature: Float) -> Float {
            zip(examples, outputs).reduce(0) {
                $0 - log(max(SoftmaxRegression.softmax($1.1 / temperature)[$1.0.label], 1e-12))
            }
        }
        return stride(from: Float(0.5), through: 8, by: 0.1).min { loss($0) < loss($1) } ?? 1
    }

    /// Expected calibration error over ten bins, and (share answered, accuracy) at a least confidence.
    func calibration(temperature: Float, least: Float) -> (error: Double, answered: Double, accuracy: Double) {
        var bins = [(Double, Double)](repeating: (0, 0), count: 10)
        var answered = 0.0
        var right = 0.0
        for (place, hit) in hits.enumerated() {
            let confidence = SoftmaxRegression.softmax(outputs[place] / temperature).max()
            let bin = min(9, Int(confidence * 10))
            bins[bin].0 += Double(confidence)
            bins[bin].1 += hit ? 1 : 0
            if confidence >= least { (answered, right) = (answered + 1, right + (hit ? 1 : 0)) }
        }
        let count = Double(examples.count)
        return (bins.reduce(0) { $0 + abs($1.0 - $1.1) } / count, answered / count, right / answered)
    }

    /// The mean over examples and its 95 % interval by bootstrap over sources.
    static func interval(_ values: [Double], _ examples: [Example], seed: UInt64) -> (Double, Double, Double) {
        var groups: [String: (sum: Double, count: Double)] = [:]
        for (value, example) in zip(values, examples) {
            groups[example.source, default: (0, 0)].sum += value
            groups[example.source, default: (0, 0)].count += 1
        }
        let all = groups.sorted { $0.key < $1.key }.map(\.value)
        var random = SplitMix(state: seed)
        let draws = (0..<2000).map { _ in
            var sum = 0.0
            var count = 0.0
            for _ in all {
                let group = all[Int.random(in: 0..<all.count, using: &random)]
                (sum, count) = (sum + group.sum, count + group.count)
            }
            return sum / count
        }.sorted()
        return (values.reduce(0, +) / Double(values.count), draws[50], draws[1949])
    }
}
