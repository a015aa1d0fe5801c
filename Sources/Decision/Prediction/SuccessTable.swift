package import Dialogue

/// How often a model succeeds, overall, by task class and by query type, each shrunk to the level above by a Beta prior.
package struct SuccessTable: Hashable, Sendable {
    /// How many observations the level above is worth.
    package struct PriorWeights: Hashable, Sendable {
        package var ofClass: Double
        package var ofType: Double

        package init(ofClass: Double = 5, ofType: Double = 5) {
            self.ofClass = ofClass
            self.ofType = ofType
        }

        /// What training tries: little trust in small groups where they turn out to tell nothing.
        static let candidates = [5.0, 20, 80, 320, 1280].flatMap { ofClass in
            [5.0, 20, 80, 320, 1280].map { PriorWeights(ofClass: ofClass, ofType: $0) }
        }
    }

    /// Weighted scores and their weights.
    package struct Tally: Hashable, Sendable {
        package var successes = 0.0
        package var weight = 0.0

        package init(successes: Double = 0, weight: Double = 0) {
            self.successes = successes
            self.weight = weight
        }

        package mutating func add(_ other: Tally) {
            successes += other.successes
            weight += other.weight
        }

        func rate(prior: Double, worth: Double, without one: Tally?) -> Double {
            let (successes, weight) = (successes - (one?.successes ?? 0), weight - (one?.weight ?? 0))
            return (successes + worth * prior) / (weight + worth)
        }
    }

    package var priors = PriorWeights()
    /// From 0 to 1 how much of what classes and types have beyond the overall rate counts.
    package var share = 1.0
    package private(set) var overall = Tally()
    /// By the place of ``TaskClass/allCases``.
    package private(set) var byClass: [Tally]
    package private(set) var byType: [Tally]

    /// An empty table for so many query types.
    package init(types: Int) {
        byClass = TaskClass.allCases.map { _ in Tally() }
        byType = (0..<types).map { _ in Tally() }
    }

    package init(priors: PriorWeights, share: Double, overall: Tally, byClass: [Tally], byType: [Tally]) {
        self.priors = priors
        self.share = share
        self.overall = overall
        self.byClass = byClass
        self.byType = byType
    }

    /// Adds a score.
    package mutating func add(_ score: Double, taskClass: TaskClass, type: Int?, weight: Double = 1) {
        let tally = Tally(successes: score * weight, weight: weight)
        overall.add(tally)
        byClass[taskClass.place].add(tally)
        if let type { byType[type].add(tally) }
    }

    /// The success rate over all prompts, a little drawn towards a half so that it is never 0 or 1.
    package var overallRate: Double { overall.rate(prior: 0.5, worth: 2, without: nil) }

    /// How many outcomes ``rate(_:type:prior:without:)`` rests on: those of the type, and of the levels above as many more as
    /// they are worth and have; and all, as far as classes and types do not count.
    package func effectiveOutcomes(_ taskClass: TaskClass, type: Int?) -> Double {
        let own = byClass[taskClass.place].weight
        let ofClass = own + min(priors.ofClass, overall.weight - own)
        let ofType = type.map { byType[$0].weight + min(priors.ofType, max(ofClass - byType[$0].weight, 0)) }
        return overall.weight + share * ((ofType ?? ofClass) - overall.weight)
    }

    /// The success rate to expect, if a model of which nothing is known has `prior`; without one of the scores that were
    /// added, given with its weight.
    package func rate(
        _ taskClass: TaskClass, type: Int?, prior: Double = 0.5, without one: Tally? = nil
    ) -> Double {
        let overall = overall.rate(prior: prior, worth: 5, without: one)
        let ofClass = byClass[taskClass.place].rate(prior: overall, worth: priors.ofClass, without: one)
        let rate = type.map { byType[$0].rate(prior: ofClass, worth: priors.ofType, without: one) } ?? ofClass
        return overall + share * (rate - overall)
    }
}
