internal import Dialogue

/// What looking at answers did in a period, as a person or a program reads it.
package struct CascadeReport: Sendable {
    let sums: CascadeSums
    let removed: Int

    /// `removed` is how many exchanges of the period are kept as sums only, of which nothing of this is known.
    package init(_ sums: CascadeSums, removed: Int = 0) {
        self.sums = sums
        self.removed = removed
    }

    var models: [(name: String, sums: CascadeSums.ModelSums)] {
        sums.models.map { ($0.key, $0.value) }.sorted { ($1.sums.answers, $0.name) < ($0.sums.answers, $1.name) }
    }

    var checks: [(name: String, sums: CascadeSums.CheckSums)] {
        sums.checks.map { ($0.key, $0.value) }.sorted { ($1.sums.against, $0.name) < ($0.sums.against, $1.name) }
    }

    var notKnown: Int { sums.escalated - sums.errorsCaught - sums.falseEscalations - sums.notMended }

    var judged: Int { sums.judged.values.reduce(0, +) }

    /// Lines of text for the terminal.
    package func text() -> String {
        func share(_ count: Int) -> String { "\(count) (\(Self.percent(count, of: sums.escalated)) of them)" }
        let judges = [
            (OutcomeRecord.Source.review, "reviewers"), (.shadow, "comparisons"), (.feedback, "callers"),
        ]
        var lines = [
            "answered           \(sums.exchanges) exchanges",
            "escalated          \(sums.escalated) (\(Self.percent(sums.escalated, of: sums.exchanges))), "
                + "\(sums.inVain) of them delivered the first answer all the same",
            "errors caught      \(share(sums.errorsCaught)): the first answer was wrong, the delivered one right",
            "false escalations  \(share(sums.falseEscalations)): the first answer would have done",
            "not mended         \(share(sums.notMended)): the delivered answer was wrong too",
            "not known          \(share(notKnown))",
            "let through        \(sums.letThrough) wrong answers, as far as is known",
            "judged             \(judged) delivered answers: "
                + judges.map { "\(sums.judged[$0] ?? 0) by \($1)" }.joined(separator: ", "),
            "spend              \(SpendReport.dollars(sums.cost))",
            "of it on drafts    \(SpendReport.dollars(sums.draftCost)) (\(SpendReport.percent(sums.draftCost, of: sums.cost)))",
        ]
        if !models.isEmpty {
            let rows = models.map { name, model in
                [name]
                    + [
                        model.answers, model.delivered, model.errorsCaught, model.falseEscalations, model.mended,
                        model.wrong,
                    ].map(String.init) + [SpendReport.dollars(model.cost), SpendReport.dollars(model.draftCost)]
            }
            let heading = [
                "model", "answers", "delivered", "errors caught", "false escalations", "mended", "wrong", "spend",
                "drafts",
            ]
            lines += [""] + TextTable.lines([heading] + rows)
        }
        if !checks.isEmpty {
            let rows = checks.map { name, check in
                [name]
                    + [
                        check.against, check.againstDrafts, check.againstWrong, check.againstRight, check.notKnown,
                    ].map(String.init)
            }
            let heading = ["check", "against", "not delivered", "wrong", "right", "not known"]
            lines += [""] + TextTable.lines([heading] + rows)
        }
        if removed > 0 { lines += ["", "Not in it: \(removed) exchanges that were removed, as 'retain' says."] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "-" }
        let tenths = (part * 1000 + whole / 2) / whole
        return "\(tenths / 10).\(tenths % 10)%"
    }
}

extension CascadeSums.CheckSums {
    /// Of answers of which nobody knows whether they were right.
    var notKnown: Int { against - againstWrong - againstRight }
}
