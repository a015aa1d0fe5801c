internal import Certification

/// How a path of policies stands by the pairs that were compared.
package struct LiveStanding: Hashable, Sendable {
    /// The loss that certified policies stay under, as a share of right answers.
    package var bound: Double
    package var confidence: Double
    /// How many policies of the path, from the most careful on, are certified.
    package var certified: Int
    package var policies: Int
    /// The first policy that is given up; nil while none is.
    package var ruledOut: Int?
    /// Whether a policy that was certified has failed.
    package var hasFailed: Bool
    package var pairs: Int
    /// The mean loss of the cheapest policy that is certified, else of the most careful; harms are counted for what is undecided.
    package var loss: Double
    /// The share of its pairs that the comparison could not decide.
    package var undecided: Double

    init(_ certificate: LiveCertificate) {
        bound = certificate.bound
        confidence = certificate.confidence
        certified = certificate.certified
        policies = certificate.rungs.count
        hasFailed = certificate.hasFailed
        ruledOut = certificate.ceiling < certificate.rungs.count ? certificate.ceiling : nil
        pairs = certificate.pairs
        let shown = certificate.rungs.isEmpty ? nil : certificate.rungs[max(certified - 1, 0)]
        let count = Double(max(certificate.pairs, 1))
        loss = (shown?.totalLoss ?? 0) / count
        undecided = Double(shown?.undecided ?? 0) / count
    }

    /// Whether it cannot get cheaper any more: the next policy is ruled out.
    var isExhausted: Bool { ruledOut == certified }
}
