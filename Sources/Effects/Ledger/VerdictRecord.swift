package import JSON

/// What checks made of an answer; without its reasons, which may quote the answer.
package struct VerdictRecord: Hashable, Sendable {
    /// The calibrated probability that the answer is right.
    package var probability: Double
    /// What each check said.
    package var evidence: [CheckRecord]

    package init(probability: Double, evidence: [CheckRecord] = []) {
        self.probability = probability
        self.evidence = evidence
    }
}

/// One thing that a check said of an answer.
package struct CheckRecord: Hashable, Sendable {
    /// Such as `maths.steps`.
    package var check: String
    /// `passes`, `fails` or `unclear`.
    package var verdict: String
    /// From 0, worth nothing, to 1, certain.
    package var strength: Double

    package init(check: String, verdict: String, strength: Double) {
        self.check = check
        self.verdict = verdict
        self.strength = strength
    }
}

extension VerdictRecord {
    /// Writes the members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("p", probability)
        json.member("evidence", array: { write(evidence: &$0) })
    }

    /// Writes the elements of the list of evidence.
    package func write(evidence list: inout JSONWriter) {
        for found in evidence {
            list.object { json in
                json.member("check", found.check)
                json.member("verdict", found.verdict)
                json.member("strength", found.strength)
            }
        }
    }

    /// Reads what ``write(to:)`` wrote; nil if something is missing.
    package init?(_ json: JSONValue) {
        guard let probability = json["p"]?.double, let evidence = json["evidence"] else { return nil }
        self.init(probability: probability, evidence: Self.evidence(evidence))
    }

    /// Reads a list of evidence.
    package static func evidence(_ json: JSONValue) -> [CheckRecord] {
        var found: [CheckRecord] = []
        for element in json.elements.map(Array.init) ?? [] {
            guard let check = element["check"]?.string, let verdict = element["verdict"]?.string,
                let strength = element["strength"]?.double
            else { continue }
            found.append(CheckRecord(check: check, verdict: verdict, strength: strength))
        }
        return found
    }
}
