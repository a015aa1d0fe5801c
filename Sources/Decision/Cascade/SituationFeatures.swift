/// What the regressions of one set of models read of a state.
struct SituationFeatures: Hashable, Sendable {
    /// The models called, and those not, in order.
    let called: [Int]
    let open: [Int]
    private let patterns: [Int]

    init(set: UInt32, models: Int) {
        called = (0..<models).filter { set >> UInt32($0) & 1 == 1 }
        open = (0..<models).filter { set >> UInt32($0) & 1 == 0 }
        patterns = called.isEmpty ? [] : Situation.patterns(of: called.count)
    }

    /// How many there are.
    var count: Int { called.isEmpty ? open.count : 3 + open.count + patterns.count }

    /// Without answers what was expected of each model; with some the candidate's log-odds, their mean, what was expected of
    /// each model not called, which answers say the same, and how many say what the candidate says.
    func values(of state: CascadeState, _ situation: Situation) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(count)
        if !called.isEmpty {
            let odds = state.answers[situation.candidate].logOdds
            let sum = state.answers.reduce(0) { $0 + $1.logOdds }
            values.append(odds)
            values.append(sum / Double(state.answers.count))
            values.append(Double(situation.size) * odds)
            for pattern in patterns { values.append(pattern == situation.pattern ? 1 : 0) }
        }
        for model in open { values.append(state.priors[model]) }
        return values
    }
}
