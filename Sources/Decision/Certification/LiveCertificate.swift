/// Which of a path of policies is shown to hold a bound, while pairs come in one after the other.
///
/// The path leads from the most careful to the cheapest. A policy is certified once its own test and those of all before it
/// have refuted "the loss is at least the bound": tests in a fixed sequence keep the level together (Maurer,
/// Hothorn and Lehmacher 1995), and each may be looked at after every pair. A policy whose loss comes to exceed the
/// bound is given up for good, with all that are cheaper. It is about one version of the path: another begins with nothing.
package struct LiveCertificate: Sendable {
    /// The loss that a certified policy stays under, as a share of right answers.
    package let bound: Double
    package let confidence: Double
    /// The policies, from careful to cheap.
    package private(set) var rungs: [Rung]
    /// How many of the policies, from the first on, are certified.
    package private(set) var certified = 0
    /// How many may still be: those from here on are given up.
    package private(set) var ceiling: Int
    /// Whether a policy that was certified has failed.
    package private(set) var hasFailed = false
    /// How many pairs were taken in.
    package private(set) var pairs = 0

    /// What is known of one policy.
    package struct Rung: Sendable {
        /// The sum of its losses.
        package fileprivate(set) var totalLoss = 0.0
        /// Pairs that the comparison could not decide; each counts as a harm.
        package fileprivate(set) var undecided = 0
        /// Whether its loss was shown to be under the bound.
        package fileprivate(set) var isShown = false
        fileprivate var test: SequentialTest
        fileprivate var alarm: LossAlarm

        /// The evidence that its loss is under the bound; 1 is none.
        package var evidence: Double { test.evidence }
    }

    /// What a pair changed.
    package enum Change: Hashable, Sendable {
        /// So many policies are certified now, more than before.
        case loosened(to: Int)
        /// The policy at this place, which was certified, has lost too much.
        case failed(Int)
        /// The policy at this place has lost too much before it was certified.
        case ruledOut(Int)
    }

    /// A path of so many policies of which nothing is known.
    package init(policies: Int, bound: Double, confidence: Double = 0.95) {
        self.bound = bound
        self.confidence = confidence
        ceiling = policies
        let start = Rung(test: SequentialTest(.lossAtLeast, bound: bound), alarm: LossAlarm(bound: bound))
        rungs = [Rung](repeating: start, count: policies)
    }

    /// Takes in what each policy lost on one prompt against the baseline, in order; nil where that cannot be told.
    ///
    /// - Returns: what it changed, the worse first.
    package mutating func add(_ losses: [Double?]) -> [Change] {
        precondition(losses.count == rungs.count, "there is a loss of each policy")
        pairs += 1
        var changes: [Change] = []
        for place in 0..<ceiling {
            rungs[place].add(losses[place], confidence: confidence)
            if rungs[place].alarm.hasGoneOff {
                ceiling = place
                changes.append(place < certified ? .failed(place) : .ruledOut(place))
                break
            }
        }
        let before = certified
        certified = min(certified, ceiling)
        if certified < before { hasFailed = true }
        while certified < ceiling, rungs[certified].isShown { certified += 1 }
        if certified > before { changes.append(.loosened(to: certified)) }
        return changes
    }
}

extension LiveCertificate.Rung {
    fileprivate mutating func add(_ loss: Double?, confidence: Double) {
        if loss == nil { undecided += 1 }
        let loss = loss ?? 1
        totalLoss += loss
        alarm.add(loss: loss)
        guard !isShown else { return }
        test.add(loss: loss)
        isShown = test.isRefuted(confidence: confidence)
    }
}
