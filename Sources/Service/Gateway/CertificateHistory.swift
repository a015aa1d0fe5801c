internal import Certification
package import Dialogue
package import Ledger

/// What the pairs of a ledger, in their order, make of each version of each route's policies.
///
/// A pure function of the pairs: a restart, or a look from outside, comes to the same.
package struct CertificateHistory: Sendable {
    package static let confidence = 0.95

    /// A turn in the life of a certificate.
    package struct Event: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// The first pair of a version, which inherits nothing.
            case began
            /// So many policies are certified now, more than before.
            case loosened(to: Int)
            /// The policy at this place, which was certified, has lost too much, and is given up with all cheaper ones.
            case failed(Int)
            /// As with ``failed(_:)``, before it was certified.
            case ruledOut(Int)
            /// A reviewer's verdict showed that they did not lose too much: so many policies are no longer given up.
            case reinstated(to: Int)
        }

        /// Microseconds since 1970.
        package let time: Int64
        package let route: RouteName
        package let policy: String
        package let kind: Kind
        /// How the version stands since.
        package let standing: LiveStanding
    }

    /// A version's certificate, and the pairs that it was made of.
    fileprivate struct Version {
        let bound: Double
        var certificate: LiveCertificate
        /// What each policy lost, pair after pair.
        var losses: [PairRecord.Verdict] = []
        /// Where the pairs begin in which something is undecided.
        var undecided: [ExchangeID: Int] = [:]
    }

    /// By the version of the policies.
    private var versions: [String: Version] = [:]
    /// The version of each route that a pair came of last.
    package private(set) var latest: [RouteName: String] = [:]

    /// Begins with no pairs.
    package init() {}

    /// How each version stands.
    package var standings: [String: LiveStanding] { versions.mapValues { LiveStanding($0.certificate) } }

    /// Takes in the next pair, or a reviewer's verdict on an earlier one; what is learned from is none of a certificate's.
    package mutating func add(_ pair: PairRecord) -> [Event] {
        guard pair.certifies, !pair.path.isEmpty, pair.bound > 0, pair.bound < 1 else { return [] }
        var version =
            versions[pair.policy]
            ?? Version(
                bound: pair.bound,
                certificate: LiveCertificate(
                    policies: pair.path.count, bound: pair.bound, confidence: Self.confidence))
        guard version.certificate.rungs.count == pair.path.count else { return [] }
        let kinds = pair.isReview ? version.decide(pair) : version.add(pair)
        guard version.certificate.pairs > 0 else { return [] }
        versions[pair.policy] = version
        if !pair.isReview { latest[pair.route] = pair.policy }
        return kinds.map { kind in
            Event(
                time: pair.time, route: pair.route, policy: pair.policy, kind: kind,
                standing: LiveStanding(version.certificate))
        }
    }
}

extension CertificateHistory.Version {
    fileprivate mutating func add(_ pair: PairRecord) -> [CertificateHistory.Event.Kind] {
        let isFirst = certificate.pairs == 0
        if pair.path.contains(.undecided) { undecided[pair.exchange] = losses.count }
        losses += pair.path
        return (isFirst ? [.began] : [])
            + certificate.add(pair.path.map(\.loss)).map { change in
                switch change {
                case .loosened(let count): .loosened(to: count)
                case .failed(let place): .failed(place)
                case .ruledOut(let place): .ruledOut(place)
                }
            }
    }

    /// Puts a reviewer's verdict in the place of what was undecided, and goes through all pairs once more.
    ///
    /// What is undecided counts as the worst, so that the evidence at each pair can only grow by it: never is it more than that of the
    /// true losses, whichever pairs are reviewed and whenever, and so the level holds.
    fileprivate mutating func decide(_ pair: PairRecord) -> [CertificateHistory.Event.Kind] {
        guard let start = undecided.removeValue(forKey: pair.exchange) else { return [] }
        for (place, verdict) in pair.path.enumerated() where losses[start + place] == .undecided {
            losses[start + place] = verdict
        }
        let (before, policies) = (certificate, pair.path.count)
        certificate = LiveCertificate(policies: policies, bound: bound, confidence: CertificateHistory.confidence)
        for start in stride(from: 0, to: losses.count, by: policies) {
            _ = certificate.add(losses[start..<start + policies].map(\.loss))
        }
        return (certificate.ceiling > before.ceiling ? [.reinstated(to: certificate.ceiling)] : [])
            + (certificate.certified > before.certified ? [.loosened(to: certificate.certified)] : [])
    }
}
