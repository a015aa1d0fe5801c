import Embedding
import Foundation

/// Multinomial logistic regression by AdaGrad (Duchi, Hazan and Singer 2011) over dense features and hashed bags.
struct SoftmaxRegression {
    /// Which features it reads.
    struct Inputs {
        var embedding = true
        var surface = true
        var bag = true
        var pairs = true
    }

    var inputs: Inputs
    var means: [Float]
    var deviations: [Float]
    var bias = SIMD16<Float>()
    var dense: [SIMD16<Float>]
    var bag: [SIMD16<Float>]
    static let buckets = 1 << 15
    private static let classes = Example.labels.count

    /// Fits to the examples at these places.
    init(_ examples: [Example], _ places: [Int], inputs: Inputs, epochs: Int, seed: UInt64) {
        self.inputs = inputs
        let width = examples[0].dense.count
        means = [Float](repeating: 0, count: width)
        deviations = [Float](repeating: 0, count: width)
        for place in places { for j in 0..<width { means[j] += examples[place].dense[j] / Float(places.count) } }
        for place in places {
            for j in 0..<width {
                let difference = examples[place].dense[j] - means[j]
                deviations[j] += difference * difference / Float(places.count)
            }
        }
        deviations = deviations.map { $0.squareRoot() }
        dense = Array(repeating: SIMD16(), count: width)
        bag = Array(repeating: SIMD16(), count: Self.buckets)
        var groups: [String: Float] = [:]
        for place in places { groups["\(examples[place].label) \(examples[place].source)", default: 0] += 1 }
        let weights = places.map { 1 / groups["\(examples[$0].label) \(examples[$0].source)", default: 1].squareRoot() }
        let meanWeight = weights.reduce(0, +) / Float(weights.count)

        var denseSquares = [SIMD16<Float>](repeating: SIMD16(repeating: 1e-6), count: width)
        var bagSquares = [SIMD16<Float>](repeating: SIMD16(repeating: 1e-6), count: Self.buckets)
        var biasSquares = SIMD16<Float>(repeating: 1e-6)
        var order = Array(places.indices)
        var random = SplitMix(state: seed)
        for _ in 0..<epochs {
            order.shuffle(using: &random)
            for index in order {
                let example = examples[places[index]]
                let (x, rows) = self.features(of: example)
                var error = Self.softmax(outputs(x, rows))
                error[example.label] -= 1
                error *= weights[index] / meanWeight
                biasSquares += error * error
                bias -= 0.1 * error / biasSquares.squareRoot()
                for j in 0..<width where x[j] != 0 {
                    let gradient = error * x[j] + 1e-4 * dense[j]
                    denseSquares[j] += gradient * gradient
                    dense[j] -= 0.02 * gradient / denseSquares[j].squareRoot()
                }
                let scale = 1 / Float(max(rows.count, 1)).squareRoot()
                for row in rows {
                    let gradient = error * scale + 1e-5 * bag[Int(row)]
                    bagSquares[Int(row)] += gradient * gradient
                    bag[Int(row)] -= 0.05 * gradient / bagSquares[Int(row)].squareRoot()
                }
            }
        }
    }

    /// Standardised dense features (0 where they are not read) and bag rows.
    private func features(of example: Example) -> ([Float], [Int32]) {
        var x = example.dense
        for j in x.indices {
            let isRead = j < TokenEmbedding.dimensions ? inputs.embedding : inputs.surface
            x[j] = isRead && deviations[j] > 1e-6 ? (x[j] - means[j]) / deviations[j] : 0
        }
        var rows: [Int32] = []
        if inputs.bag { rows = LinearHead.bagRows(of: example.tokens, bucketMask: UInt32(Self.buckets - 1)) }
        if !inputs.pairs { rows = stride(from: 0, to: rows.count, by: 2).map { rows[$0] } }
        return (x, rows)
    }

    private func outputs(_ x: [Float], _ rows: [Int32]) -> SIMD16<Float> {
        var sum = bias
        for j in x.indices where x[j] != 0 { sum += dense[j] * x[j] }
        var words = SIMD16<Float>()
        for row in rows { words += bag[Int(row)] }
        return sum + words / Float(max(rows.count, 1)).squareRoot()
    }

    func outputs(_ example: Example) -> SIMD16<Float> {
        let (x, rows) = features(of: example)
        return outputs(x, rows)
    }

    static func softmax(_ outputs: SIMD16<Float>) -> SIMD16<Float> {
        var result = SIMD16<Float>()
        var most = outputs[0]
        for c in 1..<classes { most = max(most, outputs[c]) }
        for c in 0..<classes { result[c] = exp(outputs[c] - most) }
        return result / result.sum()
    }

    /// The asset that ``LinearHead`` reads, with the temperature divided out.
    func asset(temperature: Float) -> Data {
        var bias = bias / temperature
        var rows = dense
        for j in rows.indices {
            rows[j] = deviations[j] > 1e-6 ? rows[j] / (deviations[j] * temperature) : SIMD16()
            bias -= rows[j] * means[j]
        }
        let most = bag.reduce(Float(0)) { row, weights in
            max(row, (0..<Self.classes).reduce(Float(0)) { max($0, abs(weights[$1])) })
        }
        var data = Data()
        func append(_ value: UInt32) { withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) } }
        func append(_ row: SIMD16<Float>) { for c in 0..<16 { append((c < Self.classes ? row[c] : 0).bitPattern) } }
        append(0x3148_4654)
        append(UInt32(dense.count))
        append(UInt32(Self.buckets))
        append((most / 127 / temperature).bitPattern)
        data.append(Data(count: 48))
        append(bias)
        for row in rows { append(row) }
        for weights in bag {
            for c in 0..<16 {
                let rounded = c < Self.classes ? (weights[c] / most * 127).rounded(.toNearestOrEven) : 0
                data.append(UInt8(bitPattern: Int8(rounded)))
            }
        }
        return data
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
