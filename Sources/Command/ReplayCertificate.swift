internal import Certification
internal import JSON
internal import Statistics

/// What a certificate would say of the policies that were replayed, if they were one policy and looked at for the first time.
struct ReplayCertificate {
    let certifier: Certifier
    let pairs: Int
    private let result: Certifier.Result

    /// The most careful `dearer` policies are left out: they cost more than the baseline on what was learned from.
    init(_ outcomes: PolicyOutcomes, dearer: Int, by certifier: Certifier) {
        self.certifier = certifier
        pairs = outcomes.prompts.count
        result = certifier.walk(outcomes.droppingFirst(dearer))
    }

    /// The policy that it would be about; nil if there would be none.
    var finding: Certifier.Finding? { result.certified }

    /// What is to be certified.
    var promise: String {
        "at most \(Figures.significant(certifier.margin * 100)) points below the baseline with "
            + "\(Figures.significant(certifier.confidence * 100)) % confidence"
    }

    /// What the pairs show, or what is missing.
    var words: String {
        guard let finding else { return "not certified: \(certifier.refusal(result.failed, pairs: pairs))" }
        let tally = finding.tally
        return "certified: \(tally.pairs) pairs, \(tally.harms) harms, \(tally.gains) gains; observed loss "
            + "\(Figures.points(finding.loss)) points, saving \(Figures.percent(finding.saving)), a right answer worth "
            + "$\(Figures.significant(finding.value))"
    }
}

extension ReplayCertificate {
    /// Writes the members of an object.
    func write(to json: inout JSONWriter) {
        json.member("bound", certifier.margin)
        json.member("confidence", certifier.confidence)
        json.member("pairs", pairs)
        json.member("certified", finding != nil)
        json.member("words", words)
        guard let finding else { return }
        json.member("harms", finding.tally.harms)
        json.member("gains", finding.tally.gains)
        json.member("loss", finding.loss)
        json.member("saving", finding.saving)
        json.member("value", finding.value)
    }
}
