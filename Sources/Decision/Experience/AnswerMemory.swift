/// The latest judged answers of one model, by where they lie.
struct AnswerMemory: Equatable, Sendable {
    /// The most answers of either kind that are remembered, some hundred kilobytes in all.
    static let most = 200
    /// The fewest of either kind to go by.
    private static let least = 10
    /// How many of the nearest of either kind count.
    private static let nearest = 5
    /// How many of the nearest of both are told of.
    static let neighbours = 10

    let failed: [AnswerDirection]
    let accepted: [AnswerDirection]

    init(failed: [AnswerDirection], accepted: [AnswerDirection]) {
        (self.failed, self.accepted) = (failed, accepted)
    }

    /// Remembers the last of these answers, which are in their order.
    init(_ answers: [JudgedAnswer]) {
        failed = answers.filter { !$0.isAccepted }.suffix(Self.most).map(\.sketch.direction)
        accepted = answers.filter(\.isAccepted).suffix(Self.most).map(\.sketch.direction)
    }

    /// What an answer looks like among those remembered.
    struct Resemblance {
        /// By how much the nearest failures are more similar than the nearest accepted answers, in the mean.
        let excess: Float
        /// How many of the ``neighbours`` nearest failed.
        let failures: Int
    }

    /// Nil where too little is remembered.
    func resemblance(of direction: AnswerDirection) -> Resemblance? {
        guard failed.count >= Self.least, accepted.count >= Self.least else { return nil }
        let wrong = nearest(failed, to: direction)
        let right = nearest(accepted, to: direction)
        let mean = { (near: [Float]) in near.prefix(Self.nearest).reduce(0, +) / Float(Self.nearest) }
        var failures = 0
        while failures < Self.neighbours, wrong[failures] > right[Self.neighbours - 1 - failures] { failures += 1 }
        return Resemblance(excess: mean(wrong) - mean(right), failures: failures)
    }

    /// The greatest similarities, the greatest first.
    private func nearest(_ answers: [AnswerDirection], to direction: AnswerDirection) -> [Float] {
        Array(answers.map { $0.cosine(direction) }.sorted(by: >).prefix(Self.neighbours))
    }
}
