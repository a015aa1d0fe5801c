internal import Catalog
internal import Dialogue
internal import Digests
internal import Routing

/// The policies of a route that may be certified while serving, from the most careful to the cheapest.
struct PolicyPath: Sendable {
    /// How each puts candidates in order.
    let aims: [Aim]
    /// The loss that the route may have.
    let bound: Double
    /// Equal only where all is equal that decides who answers: another predictor or other settings make another.
    let version: String

    /// The losses for which each policy thinks it fair to save all that the baseline costs; the last asks the cheapest of all.
    private static let fairLosses = [0.002, 0.01, 0.03, 0.08, 0.15, 0.25, 0.4, 0.6, 0.8, 1.2]

    /// The path of a route under a predictor with this digest; nil where no quality is wanted.
    ///
    /// `baseline` is a candidate's place.
    init?(_ route: Route, baseline: Int, predictor: String) {
        guard case .quality(let loss) = route.wish else { return nil }
        bound = loss
        let usage = TokenUsage(input: 1000, output: 500)
        let usual = Double(route.candidates[baseline].prices.cost(of: usage).count) / 1e9
        aims = Self.fairLosses.map { .utility(value: usual / $0) }
        let candidates = route.candidates.map { "\($0.provider)/\($0.upstreamName) \($0.prices)" }
        let grades = TaskClass.allCases.map { "\(route.grades[$0]) \(route.grades.demanded($0) ?? 0)" }
        let settings =
            [route.name.text, predictor, "\(baseline)", "\(loss)", "\(route.escalation as Any)"] + grades + candidates
            + aims.map { "\($0)" }
        version = String(SHA256Digest(of: settings.joined(separator: "\n")).description.prefix(12))
    }
}

extension RouteKnowledge.Standing {
    /// Whether the route's quality is promised.
    var isCertified: Bool {
        switch self {
        case .certified, .live: true
        case .uncertified: false
        }
    }

    /// This one if it promises something, else what pairs tell; `isCompared` says that pairs come in.
    func orLive(_ standing: LiveStanding?, isCompared: Bool) -> Self {
        guard case .uncertified = self, let standing else {
            guard case .uncertified = self, isCompared else { return self }
            return .uncertified("no pair of this version of the policies was compared yet")
        }
        if standing.certified > 0 { return .live(standing) }
        if standing.ruledOut == 0 {
            return .uncertified("even the most careful policy lost too much, \(standing.pairs) pairs")
        }
        return .uncertified("\(standing.pairs) pairs do not show a loss under the bound yet")
    }
}
