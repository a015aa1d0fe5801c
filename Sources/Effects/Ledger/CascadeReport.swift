internal import Dialogue
internal import JSON

/// What looking at answers did in a period, as a person or a program reads it.
package struct CascadeReport: Sendable {
    private let sums: CascadeSums
    private let removed: Int

    /// `removed` is how many exchanges of the period are kept as sums only, of which nothing of this is known.
    package init(_ sums: CascadeSums, removed: Int = 0) {
        self.sums = sums
        self.removed = removed
    }

    private var models: [(name: String, sums: CascadeSums.ModelSums)] {
        sums.models.map { ($0.key, $0.value) }.sorted { ($1.sums.answers, $0.name) < ($0.sums.answers, $1.name) }
    }

    private var checks: [(name: String, sums: CascadeSums.CheckSums)] {
        sums.checks.map { ($0.key, $0.value) }.sorted { ($1.sums.against, $0.name) < ($0.sums.against, $1.name) }
    }

    /// Lines of text for the terminal.
    package func text() -> String {
        var lines = [
            "answered         \(sums.exchanges) exchanges",
            "escalated        \(sums.escalated) (\(Self.percent(sums.escalated, of: sums.exchanges))), "
                + "\(sums.inVain) of them delivered the first answer all the same",
            "spend            \(SpendReport.dollars(sums.cost))",
            "of it on drafts  \(SpendReport.dollars(sums.draftCost)) (\(SpendReport.percent(sums.draftCost, of: sums.cost)))",
            "",
        ]
        for (name, model) in models {
            lines.append(
                "\(name): \(model.answers) answers, \(model.delivered) delivered, \(SpendReport.dollars(model.cost)), "
                    + "\(SpendReport.dollars(model.draftCost)) of it on drafts")
        }
        if !checks.isEmpty { lines.append("") }
        for (name, check) in checks {
            lines.append(
                "\(name): against \(check.against) answers, \(check.againstDrafts) of them not delivered")
        }
        if removed > 0 { lines += ["", "Not in it: \(removed) exchanges that were removed, as 'retain' says."] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "-" }
        let tenths = (part * 1000 + whole / 2) / whole
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// One JSON object on one line; money in dollars as exact decimal text, to the nanodollar.
    package func json() -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("exchanges", sums.exchanges)
            json.member("removed", removed)
            json.member("escalated", sums.escalated)
            json.member("in_vain", sums.inVain)
            json.member("spend", sums.cost.description)
            json.member("draft_spend", sums.draftCost.description)
            json.member(
                "models",
                array: { list in
                    for (name, model) in models {
                        list.object { json in
                            json.member("model", name)
                            json.member("answers", model.answers)
                            json.member("delivered", model.delivered)
                            json.member("spend", model.cost.description)
                            json.member("draft_spend", model.draftCost.description)
                        }
                    }
                })
            json.member(
                "checks",
                array: { list in
                    for (name, check) in checks {
                        list.object { json in
                            json.member("check", name)
                            json.member("against", check.against)
                            json.member("against_drafts", check.againstDrafts)
                        }
                    }
                })
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
}
