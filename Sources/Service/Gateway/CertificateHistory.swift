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
        }

        /// Microseconds since 1970.
        package let time: Int64
        package let route: RouteName
        package let policy: String
        package let kind: Kind
        /// How the version stands since.
        package let standing: LiveStanding
    }

    /// By the version of the policies.
    private var certificates: [String: LiveCertificate] = [:]
    /// The version of each route that a pair came of last.
    package private(set) var latest: [RouteName: String] = [:]

    /// Begins with no pairs.
    package init() {}

    /// How each version stands.
    package var standings: [String: LiveStanding] { certificates.mapValues { LiveStanding($0) } }

    /// Takes in the next pair; what is learned from is none of a certificate's.
    package mutating func add(_ pair: PairRecord) -> [Event] {
        guard pair.certifies, !pair.path.isEmpty, pair.bound > 0, pair.bound < 1 else { return [] }
        var certificate =
            certificates[pair.policy]
            ?? LiveCertificate(policies: pair.path.count, bound: pair.bound, confidence: Self.confidence)
        guard certificate.rungs.count == pair.path.count else { return [] }
        var kinds: [Event.Kind] = certificate.pairs == 0 ? [.began] : []
        kinds += certificate.add(pair.path.map(\.loss)).map { change in
            switch change {
            case .loosened(let count): .loosened(to: count)
            case .failed(let place): .failed(place)
            case .ruledOut(let place): .ruledOut(place)
            }
        }
        certificates[pair.policy] = certificate
        latest[pair.route] = pair.policy
        return kinds.map { kind in
            Event(
                time: pair.time, route: pair.route, policy: pair.policy, kind: kind,
                standing: LiveStanding(certificate))
        }
    }
}
