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
    var count: Int { called.isEmpty ? open.count : 4 + patterns.count + open.count }

    /// Adds, without answers, what was expected of each model; with some the candidate's log-odds, the mean of all, the size of the
    /// candidate's group times its log-odds, which answers say the same, and what was expected of the models not called.
    ///
    /// That is said of each and in the mean: where outcomes are few the penalty leaves little but the mean.
    func append(valuesOf state: CascadeState, _ situation: Situation, to values: inout [Double]) {
        guard !called.isEmpty else {
            for model in open { values.append(state.priors[model]) }
            return
        }
        let odds = state.answers[situation.candidate].logOdds
        let sum = state.answers.reduce(0) { $0 + $1.logOdds }
        let expected = open.reduce(0) { $0 + state.priors[$1] }
        values.append(odds)
        values.append(sum / Double(state.answers.count))
        values.append(Double(situation.size) * odds)
        values.append(open.isEmpty ? 0 : expected / Double(open.count))
        for pattern in patterns { values.append(pattern == situation.pattern ? 1 : 0) }
        for model in open { values.append(state.priors[model]) }
    }
}
