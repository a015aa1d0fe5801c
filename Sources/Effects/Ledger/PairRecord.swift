package import Dialogue

/// How answers to one prompt compare with the baseline's: what a certificate rests on, without a word of them.
package struct PairRecord: Hashable, Sendable {
    /// How an answer compares with the baseline's.
    package enum Verdict: String, CaseIterable, Sendable {
        /// They say the same.
        case agree
        /// The baseline's alone is right.
        case harm
        /// The baseline's alone is wrong.
        case gain
        /// They differ, and which is right cannot be told; counts as a harm.
        case undecided
    }

    /// Names the pair: of two records with one id the first counts.
    package var id: String
    /// Microseconds since 1970.
    package var time: Int64
    /// Whose answer was delivered.
    package var exchange: ExchangeID
    package var route: RouteName
    /// Equal for prompts that ask the same.
    package var group: UInt64
    /// Whether it goes to the certificate, or is learned from: for ever the same for equal prompts.
    package var certifies: Bool
    /// The probability with which the exchange was sampled.
    package var propensity: Double
    /// The version of the policies: another predictor or other settings make another.
    package var policy: String
    /// The loss that the route may have.
    package var bound: Double
    package var model: ModelName
    package var baseline: ModelName
    /// Of the answer that was delivered.
    package var verdict: Verdict
    /// The probability that the delivered answer is right.
    package var probability: Double
    /// The probability that the baseline's is.
    package var baselineProbability: Double
    /// What each policy of the path would have delivered, from the most careful to the cheapest.
    package var path: [Verdict]
    /// For each policy of the path whether that is the very answer that was delivered; nil where it was not kept.
    package var isOwn: [Bool]?

    package init(
        id: String, time: Int64, exchange: ExchangeID, route: RouteName, group: UInt64, certifies: Bool,
        propensity: Double, policy: String, bound: Double, model: ModelName, baseline: ModelName, verdict: Verdict,
        probability: Double, baselineProbability: Double, path: [Verdict], isOwn: [Bool]? = nil
    ) {
        self.id = id
        self.time = time
        self.exchange = exchange
        self.route = route
        self.group = group
        self.certifies = certifies
        self.propensity = propensity
        self.policy = policy
        self.bound = bound
        self.model = model
        self.baseline = baseline
        self.verdict = verdict
        self.probability = probability
        self.baselineProbability = baselineProbability
        self.path = path
        self.isOwn = isOwn
    }
}

extension PairRecord {
    /// The pair as a reviewer's verdict on the delivered answer decides it; it takes the undecided one's place.
    ///
    /// A right answer loses nothing against the baseline's, whatever that was; a wrong one is held to be a harm, since nobody looked at
    /// the baseline's.
    package func reviewed(isRight: Bool, at time: Int64) -> PairRecord {
        var pair = self
        pair.id = OutcomeRecord.id(.review, of: exchange)
        pair.time = time
        func decided(_ verdict: Verdict) -> Verdict {
            verdict == .undecided ? isRight ? .agree : .harm : verdict
        }
        pair.verdict = decided(verdict)
        if let isOwn { pair.path = zip(path, isOwn).map { $1 ? decided($0) : $0 } }
        return pair
    }

    /// Whether it takes the place of an undecided one.
    package var isReview: Bool { id == OutcomeRecord.id(.review, of: exchange) }
}

extension PairRecord.Verdict {
    /// The baseline's score less the answer's; nil where that cannot be told.
    package var loss: Double? {
        switch self {
        case .agree: 0
        case .harm: 1
        case .gain: -1
        case .undecided: nil
        }
    }

    /// One letter for each of a path's verdicts.
    package static func text(of path: [Self]) -> String { String(path.map { $0.rawValue.first ?? "?" }) }

    /// Reads ``text(of:)``; nil if a letter is none.
    package static func path(_ text: String) -> [Self]? {
        let verdicts = text.map { letter in allCases.first { $0.rawValue.first == letter } }
        return verdicts.contains(nil) ? nil : verdicts.compactMap(\.self)
    }
}
