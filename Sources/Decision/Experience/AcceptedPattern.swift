internal import Glibc
internal import Prediction

/// What accepted answers to one kind of prompt have in common.
struct AcceptedPattern: Equatable, Sendable {
    /// The fewest answers that make a pattern.
    static let least = 12

    /// The middle of the answers' directions, of length 1.
    let centre: [Float]
    /// The cosine of an answer and the middle of the others.
    let likeness: Spread
    /// The cosine of an ask and its answer.
    let fit: Spread

    init(centre: [Float], likeness: Spread, fit: Spread) {
        self.centre = centre
        self.likeness = likeness
        self.fit = fit
    }

    /// The pattern of these answers; nil if they are too few.
    init?(_ answers: [AnswerSketch]) {
        guard answers.count >= Self.least else { return nil }
        var sum = [Float](repeating: 0, count: AnswerDirection.width)
        for answer in answers {
            for (place, value) in answer.direction.unit.enumerated() { sum[place] += value }
        }
        let square = sum.reduce(Float(0)) { $0 + $1 * $1 }
        centre = square > 0 ? sum.map { $0 / square.squareRoot() } : sum
        likeness = Spread(
            answers.map { answer in
                // With u the answer's unit vector and s the sum of all: u · (s − u) / |s − u|.
                guard !answer.direction.isNone else { return 0 }
                let along = answer.direction.reach(of: sum)
                return (along - 1) / max(square - 2 * along + 1, 1e-6).squareRoot()
            })
        fit = Spread(answers.map(\.fit))
    }
}

/// How a number is spread over accepted answers.
struct Spread: Equatable, Sendable {
    let mean: Float
    let deviation: Float
    /// The least, each further twentieth, the greatest.
    let quantiles: [Float]

    /// How many quantiles there are.
    static let steps = 21
    /// A deviation of less tells nothing: cosines are no more exact than that.
    private static let leastDeviation: Float = 0.03

    init(mean: Float, deviation: Float, quantiles: [Float]) {
        (self.mean, self.deviation, self.quantiles) = (mean, deviation, quantiles)
    }

    /// The spread of at least one value.
    init(_ values: [Float]) {
        let count = Float(values.count)
        let mean = values.reduce(0, +) / count
        self.mean = mean
        deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        let sorted = values.sorted()
        quantiles = (0..<Self.steps).map { sorted[(sorted.count - 1) * $0 / (Self.steps - 1)] }
    }

    /// By how many deviations a value lies above the mean, held within five.
    func standing(of value: Float) -> Float {
        min(max((value - mean) / (deviation + Self.leastDeviation), -5), 5)
    }

    /// The share of the accepted answers that have less, in twentieths; those that have as much count half.
    func share(below value: Float) -> Double {
        let (less, equal) = (quantiles.count { $0 < value }, quantiles.count { $0 == value })
        return (Double(less) + Double(equal) / 2) / Double(Self.steps)
    }
}
