import Dialogue

/// What decides an able candidate's place in a plan.
struct Rank: Comparable {
    let cost: Nanodollars
    /// The candidate's index in its route.
    let index: Int32
    let isStrongEnough: Bool
    private let grade: UInt8
    /// The candidate's place by names.
    private let place: Int32
    /// What the aim goes by among those that are alike in strength; the least is the best.
    private let key: Int64

    init(
        _ offer: Offer, at index: Int, usage: TokenUsage, standard: Requirement, aim: Aim, expectation: Expectation?
    ) {
        cost = offer.cost(of: usage)
        self.index = Int32(index)
        grade = UInt8(clamping: offer.grade)
        place = Int32(offer.place)
        // A model of which no outcome is known has its grade to speak for it, and nothing else.
        let least = (expectation?.outcomes ?? 0) > 0 ? standard.demanded ?? 0 : standard.grade
        let isAllowed = offer.grade >= least
        switch (aim, expectation) {
        case (.careful(let loss), let expectation?):
            isStrongEnough = isAllowed && expectation.lead >= -loss
            key = isStrongEnough ? 0 : -Self.steps(expectation.lead)
        case (.utility(let value), let expectation?):
            isStrongEnough = isAllowed
            let dollars = expectation.cost ?? Double(cost.count) / 1e9
            key = -Self.steps(expectation.lead * value - dollars)
        default:
            isStrongEnough = offer.grade >= standard.grade
            key = isStrongEnough ? 0 : -Int64(grade)
        }
    }

    /// What a task class needs of a grade.
    struct Requirement {
        /// What is usual, or demanded by the operator.
        let grade: Int
        /// What the operator demands, whatever else is known of a model.
        let demanded: Int?
    }

    /// In steps of a million millionth, so that differences are exact.
    private static func steps(_ number: Double) -> Int64 {
        Int64(exactly: (number * 1e12).rounded()) ?? (number < 0 ? -Int64.max : Int64.max)
    }

    /// Strong enough ones first, the best for the aim ahead, then the cheapest.
    static func < (left: Rank, right: Rank) -> Bool {
        if left.isStrongEnough != right.isStrongEnough { return left.isStrongEnough }
        if left.key != right.key { return left.key < right.key }
        if left.cost.count != right.cost.count { return left.cost.count < right.cost.count }
        if left.grade != right.grade { return left.grade > right.grade }
        return left.place < right.place
    }

    /// Whether the other costs more, or as much and is stronger.
    func isCheaper(than other: Rank) -> Bool { (cost.count, grade) < (other.cost.count, other.grade) }
}
