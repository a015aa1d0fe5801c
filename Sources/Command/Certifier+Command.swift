internal import Arguments
internal import Certification
internal import Statistics

extension Certifier {
    /// Why so many pairs certify nothing, and what would help; `failed` is where the walk down the policies ended.
    func refusal(_ failed: Finding?, pairs: Int) -> String {
        let points = EvaluationReport.figure(margin * 100)
        let least = PairedTally.minimumPairs(margin: margin, confidence: confidence)
        if pairs >= least, failed == nil {
            return "no policy that stays under \(points) points saves anything: use the baseline"
        }
        guard pairs >= least, let failed else {
            return "\(pairs) pairs to look at, at least \(least) are needed for a bound of \(points) points: record "
                + "\(least - pairs) more"
        }
        guard let needed = failed.tally.pairsNeeded(margin: margin, confidence: confidence) else {
            return
                "even the most careful routing loses \(EvaluationReport.figure(failed.loss * 100)) points, the bound is "
                + "\(points): use the baseline, or name stronger models"
        }
        return
            "\(pairs) pairs do not show a loss under \(points) points: about \(max(needed - pairs, 1)) more are needed"
    }
}

extension Invocation {
    /// What is certified: a loss under a bound, as shares of right answers and of certainty.
    func certifier() throws(CommandFailure) -> Certifier {
        let margin = try percent(.bound) ?? 0.02
        let confidence = try percent(.confidence) ?? 0.95
        guard margin > 0, margin < 1, confidence > 0.5, confidence < 1 else {
            throw .usage("--bound takes 0.1 to 99 percentage points, --confidence 51 to 99.9 percent")
        }
        return Certifier(margin: margin, confidence: confidence)
    }

    /// A share given in percent, with a decimal point if need be.
    private func percent(_ option: Option) throws(CommandFailure) -> Double? {
        guard let text = self[option] else { return nil }
        guard let percent = Double(text), percent.isFinite, percent > 0 else {
            throw .usage("--\(option.name) takes a number such as 2 or 0.5, not '\(text)'")
        }
        return percent / 100
    }
}

extension Option {
    static let bound = Option.value(
        "bound", "POINTS", "The loss to stay under, in percentage points; 2 by default.")
    static let confidence = Option.value("confidence", "PERCENT", "95 by default.")
}
