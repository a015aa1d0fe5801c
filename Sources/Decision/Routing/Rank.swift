import Dialogue

/// What decides an able candidate's place in a plan.
struct Rank: Comparable {
    let cost: Nanodollars
    /// The candidate's index in its route.
    let index: Int32
    /// 0 for all that are strong enough; the weaker, the higher for the rest.
    private let tier: UInt8
    private let grade: UInt8
    /// The candidate's place by names.
    private let place: Int32

    init(_ offer: Offer, at index: Int, usage: TokenUsage, least: Int) {
        cost = offer.cost(of: usage)
        self.index = Int32(index)
        grade = UInt8(clamping: offer.grade)
        tier = offer.grade >= least ? 0 : .max - grade
        place = Int32(offer.place)
    }

    var isStrongEnough: Bool { tier == 0 }

    /// Strong enough ones first, the cheapest ahead; weaker ones follow, the strongest ahead.
    static func < (left: Rank, right: Rank) -> Bool {
        if left.tier != right.tier { return left.tier < right.tier }
        if left.cost.count != right.cost.count { return left.cost.count < right.cost.count }
        if left.grade != right.grade { return left.grade > right.grade }
        return left.place < right.place
    }

    /// Whether the other costs more, or as much and is stronger.
    func isCheaper(than other: Rank) -> Bool { (cost.count, grade) < (other.cost.count, other.grade) }
}
