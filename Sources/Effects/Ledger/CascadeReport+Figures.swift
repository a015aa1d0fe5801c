internal import Dialogue
internal import JSON

extension CascadeReport {
    /// One JSON object on one line; money in dollars as exact decimal text, to the nanodollar.
    package func json() -> String {
        var json = JSONWriter()
        json.object { json in
            Self.write(totals, to: &json)
            json.member("models", array: { list in Self.write(modelRows, named: "model", to: &list) })
            json.member("checks", array: { list in Self.write(checkRows, named: "check", to: &list) })
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    /// Comma-separated values with a heading (RFC 4180), one figure a line; money in dollars, exact to the nanodollar.
    package func csv() -> String {
        let rows =
            [("total", "", totals)] + modelRows.map { ("model", $0, $1) } + checkRows.map { ("check", $0, $1) }
        return rows.reduce("of,name,figure,value\r\n") { text, row in
            row.2.reduce(text) { "\($0)\(row.0),\(SpendReport.quoted(row.1)),\($1.name),\($1.value.text)\r\n" }
        }
    }

    private enum Figure {
        case count(Int)
        case dollars(Nanodollars)

        var text: String {
            switch self {
            case .count(let count): "\(count)"
            case .dollars(let amount): amount.description
            }
        }
    }

    private typealias Figures = [(name: StaticString, value: Figure)]

    private var totals: Figures {
        [
            ("exchanges", .count(sums.exchanges)), ("removed", .count(removed)), ("escalated", .count(sums.escalated)),
            ("in_vain", .count(sums.inVain)), ("errors_caught", .count(sums.errorsCaught)),
            ("false_escalations", .count(sums.falseEscalations)), ("not_mended", .count(sums.notMended)),
            ("not_known", .count(notKnown)), ("let_through", .count(sums.letThrough)), ("judged", .count(judged)),
            ("judged_by_review", .count(sums.judged[.review] ?? 0)),
            ("judged_by_shadow", .count(sums.judged[.shadow] ?? 0)),
            ("judged_by_feedback", .count(sums.judged[.feedback] ?? 0)), ("spend", .dollars(sums.cost)),
            ("draft_spend", .dollars(sums.draftCost)),
        ]
    }

    private var modelRows: [(name: String, figures: Figures)] {
        models.map { name, model in
            (
                name,
                [
                    ("answers", .count(model.answers)), ("delivered", .count(model.delivered)),
                    ("errors_caught", .count(model.errorsCaught)),
                    ("false_escalations", .count(model.falseEscalations)), ("mended", .count(model.mended)),
                    ("wrong", .count(model.wrong)), ("spend", .dollars(model.cost)),
                    ("draft_spend", .dollars(model.draftCost)),
                ]
            )
        }
    }

    private var checkRows: [(name: String, figures: Figures)] {
        checks.map { name, check in
            (
                name,
                [
                    ("against", .count(check.against)), ("against_drafts", .count(check.againstDrafts)),
                    ("against_wrong", .count(check.againstWrong)), ("against_right", .count(check.againstRight)),
                    ("against_not_known", .count(check.notKnown)),
                ]
            )
        }
    }

    private static func write(
        _ rows: [(name: String, figures: Figures)], named: StaticString, to list: inout JSONWriter
    ) {
        for row in rows {
            list.object { json in
                json.member(named, row.name)
                write(row.figures, to: &json)
            }
        }
    }

    private static func write(_ figures: Figures, to json: inout JSONWriter) {
        for (name, value) in figures {
            switch value {
            case .count(let count): json.member(name, count)
            case .dollars(let amount): json.member(name, amount.description)
            }
        }
    }
}
