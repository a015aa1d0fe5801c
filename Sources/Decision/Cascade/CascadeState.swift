internal import Experience

/// What is known of one prompt while models are asked: what was expected of each, and what their answers showed.
package struct CascadeState: Sendable {
    /// For each model of the cascade the log-odds that were expected of it beforehand.
    private(set) var priors: [Double]
    /// What asking each model is expected to cost, in dollars.
    private(set) var costs: [Double]
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

    /// Makes of it the beginning of another prompt, what is expected being the same list's part from a place on, in the room that
    /// it has.
    mutating func begin(priors others: Span<Double>, from start: Int) {
        for model in priors.indices { priors[model] = others[start + model] }
        forgetAnswers()
    }

    /// Makes of it its own beginning, in the room that it has.
    mutating func forgetAnswers() { answers.removeAll(keepingCapacity: true) }

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
        // Few answers: looking through them again is cheaper than a list of groups.
        for (place, answer) in answers.enumerated() {
            let (size, rank) = (answers.count { $0.group == answer.group }, ranks[answer.model])
            if (-size, rank) < (-best.size, best.rank) { best = (size, rank, place) }
            let first = Self.first(of: answer.group, answers)
            let number = answers.count { $0.model < first && Self.first(of: $0.group, answers) == $0.model }
            pattern += number << (2 * answers.count { $0.model > answer.model })
        }
        (candidate, size, self.pattern) = (best.place, best.size, pattern)
    }

    /// The first model of those that gave the answers of a group.
    private static func first(of group: Int, _ answers: [CascadeState.Answered]) -> Int {
        answers.reduce(Int.max) { $1.group == group ? min($0, $1.model) : $0 }
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
