internal import Experience

/// What is known of one prompt while models are asked: what was expected of each, and what their answers showed.
package struct CascadeState: Sendable {
    /// For each model of the cascade the log-odds that were expected of it beforehand.
    let priors: [Double]
    /// What asking each model is expected to cost, in dollars.
    let costs: [Double]
    /// The answers so far, in the order in which they came.
    package private(set) var answers: [Answered] = []

    /// An answer that came in.
    package struct Answered: Sendable {
        /// Its model's place in the cascade.
        package let model: Int
        /// The log-odds that it is right, by its own evidence.
        package let logOdds: Double
        /// Equal for answers that say the same.
        package let group: Int
    }

    /// A prompt that nobody was asked yet.
    package init(probabilities: [Double], costs: [Double]) {
        priors = probabilities.map { LogOdds.of($0) }
        self.costs = costs
    }

    package mutating func add(model: Int, logOdds: Double, group: Int) {
        answers.append(Answered(model: model, logOdds: logOdds, group: group))
    }

    /// The models that answered, one bit for each.
    var set: UInt32 { answers.reduce(0) { $0 | 1 << UInt32($1.model) } }
}

/// What a state comes to: which of its answers stands for it, and what regressions read of it.
struct Situation {
    /// The place among the answers of the one that would be handed out.
    let candidate: Int
    /// The size of its group.
    let size: Int
    /// Which answers say the same: for each in order of models the number of its group, as a number of base 4.
    let pattern: Int

    /// The largest group's most accurate member; of equally large groups the one with the most accurate model.
    ///
    /// `ranks` has 0 for the most accurate model.
    init(_ answers: [CascadeState.Answered], ranks: [Int]) {
        var best = (size: 0, rank: Int.max, place: 0)
        var pattern = 0
        var seen: [Int] = []
        for place in answers.indices.sorted(by: { answers[$0].model < answers[$1].model }) {
            let group = answers[place].group
            let number = seen.firstIndex(of: group) ?? seen.count
            if number == seen.count { seen.append(group) }
            pattern = pattern * 4 + number
            let size = answers.count { $0.group == group }
            let rank = ranks[answers[place].model]
            if (-size, rank) < (-best.size, best.rank) { best = (size, rank, place) }
        }
        (candidate, size, self.pattern) = (best.place, best.size, pattern)
    }

    /// The patterns that so many answers can form, in order.
    static func patterns(of count: Int) -> [Int] {
        var found = [(pattern: 0, groups: 0)]
        for _ in 0..<count {
            found = found.flatMap { pattern, groups in
                (0...groups).map { (pattern * 4 + $0, max(groups, $0 + 1)) }
            }
        }
        return found.map(\.pattern)
    }
}
