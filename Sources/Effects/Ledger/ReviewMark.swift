/// That a person should look at an answer, and why; never its text.
package struct ReviewMark: Hashable, Sendable {
    /// Whether the answer was kept from the client until then.
    package var isHeld: Bool
    /// Such as `checks disagree`.
    package var reasons: [String]

    package init(isHeld: Bool, reasons: [String]) {
        self.isHeld = isHeld
        self.reasons = reasons
    }

    /// The mark in one text, such as `hold: doubtful, opinions split`.
    package var text: String { "\(isHeld ? "hold" : "flag"): \(reasons.joined(separator: ", "))" }

    /// Reads ``text``; nil if it is none.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let (action, reasons) = (text[..<colon], text[text.index(after: colon)...])
        guard action == "hold" || action == "flag" else { return nil }
        self.init(
            isHeld: action == "hold",
            reasons: reasons.split(separator: ",").map { String($0.drop { $0 == " " }) })
    }
}
