internal import Catalog
internal import Dialogue

/// What decides an able candidate's place: numbers only, so that sorting moves and compares no names.
struct Rank {
    /// Nanodollars.
    private let cost: Int64
    /// 0 for all that are strong enough; the weaker, the higher for the rest.
    private let tier: UInt8
    private let grade: UInt8
    /// The place among the route's candidates.
    private let index: Int32

    init(_ candidate: Candidate, at index: Int, usage: TokenUsage, least: Int) {
        let grade = candidate.model.grade ?? 1
        self.grade = UInt8(clamping: grade)
        self.index = Int32(index)
        tier = grade >= least ? 0 : .max - self.grade
        cost = candidate.prices.cost(of: usage).count
    }

    func planned(among candidates: [Candidate]) -> PlannedCandidate {
        PlannedCandidate(
            candidate: candidates[Int(index)], estimatedCost: Nanodollars(cost), isStrongEnough: tier == 0)
    }

    /// Strong enough ones first, the cheapest ahead; weaker ones follow, the strongest ahead.
    func precedes(_ other: Rank, among candidates: [Candidate]) -> Bool {
        if tier != other.tier { return tier < other.tier }
        if cost != other.cost { return cost < other.cost }
        if grade != other.grade { return grade > other.grade }
        return Self.precedes(candidates[Int(index)], candidates[Int(other.index)])
    }

    /// Whether the other costs more, or as much and is stronger.
    func isCheaper(than other: Rank) -> Bool { (cost, grade) < (other.cost, other.grade) }

    private static func precedes(_ one: Candidate, _ other: Candidate) -> Bool {
        if one.model.name != other.model.name { return one.model.name.text < other.model.name.text }
        return one.provider.text < other.provider.text
    }
}
