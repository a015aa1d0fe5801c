internal import Dialogue
internal import JSON

/// Spend, counterfactual spend and saving of a period, as a person or a program reads them.
package struct SpendReport: Sendable {
    package let grouping: SpendGrouping
    /// The dearest group first, days in order.
    package let rows: [SpendRow]
    package let total: SpendRow

    /// Arranges rows; `total` is counted on its own because an exchange may be in several groups.
    package init(by grouping: SpendGrouping, rows: [SpendRow], total: SpendRow) {
        self.grouping = grouping
        self.total = total
        self.rows = rows.sorted { left, right in
            if grouping != .day && left.cost != right.cost { return left.cost > right.cost }
            return left.name < right.name
        }
    }

    /// A table for the terminal: dollars with at least four significant places, estimates marked by a tilde.
    package func table() -> String {
        let title = grouping == .total ? "" : grouping.rawValue
        let heading = ["exchanges", "calls", "tokens in", "tokens out", "spend", "share", "baseline", "saving", ""]
        var lines = [[title] + heading]
        for row in rows where grouping != .total {
            lines.append(cells(row, named: row.name.isEmpty ? "(none)" : row.name))
        }
        lines.append(cells(total, named: "total"))
        let text = TextTable.lines(lines)
        let estimated = Self.dollars(total.estimatedCost)
        let note =
            (total.shadowCost == .zero
                ? "" : "\(Self.dollars(total.shadowCost)) of the spend is for answers that were only compared.\n")
            + (total.estimatedCost == .zero ? "" : "~ \(estimated) of the spend is estimated.\n")
        return text.joined(separator: "\n") + "\n\n" + note
            + "The baseline and the saving are estimates: what the route's baseline model would have cost.\n"
    }

    private func cells(_ row: SpendRow, named name: String) -> [String] {
        let hasBaseline = row.baselineCost != .zero || row.comparedCost != .zero
        return [
            name, "\(row.exchanges)", "\(row.attempts)", "\(row.inputTokens)", "\(row.outputTokens)",
            (row.estimatedCost == .zero ? "" : "~") + Self.dollars(row.cost), Self.percent(row.cost, of: total.cost),
            hasBaseline ? "~" + Self.dollars(row.baselineCost) : "-",
            hasBaseline ? "~" + Self.dollars(row.saving) : "-",
            hasBaseline ? Self.percent(row.saving, of: row.baselineCost) : "",
        ]
    }

    /// Dollars to the cent from a hundred dollars on, to the millionth below.
    static func dollars(_ amount: Nanodollars) -> String {
        let unit: UInt64 = amount.count.magnitude >= 100_000_000_000 ? 10_000_000 : 1_000
        let rounded = Nanodollars(Int64(clamping: (amount.count.magnitude + unit / 2) / unit * unit))
        let sign = amount.count < 0 && rounded != .zero ? "-" : ""
        return sign + "$" + rounded.description.dropLast(unit == 1_000 ? 3 : 7)
    }

    /// A share with one decimal, rounded half away from zero; a dash if there is nothing to share.
    static func percent(_ part: Nanodollars, of whole: Nanodollars) -> String {
        guard whole.count > 0 else { return "-" }
        let (high, low) = part.count.magnitude.multipliedFullWidth(by: 1000)
        let half = UInt64(whole.count) / 2
        guard high < UInt64(whole.count) else { return "-" }
        let (quotient, remainder) = UInt64(whole.count).dividingFullWidth((high, low))
        let tenths = quotient + (remainder > half || remainder * 2 == UInt64(whole.count) ? 1 : 0)
        return "\(part.count < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)%"
    }

    /// One JSON object on one line; money in dollars as exact decimal text, to the nanodollar.
    package func json() -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("by", grouping.rawValue)
            json.member(
                "rows",
                array: { list in
                    for row in rows where grouping != .total {
                        list.object { Self.write(row, named: row.name, to: &$0) }
                    }
                })
            json.member("total", object: { Self.write(total, named: nil, to: &$0) })
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    private static func write(_ row: SpendRow, named name: String?, to json: inout JSONWriter) {
        json.member("name", name)
        json.member("exchanges", row.exchanges)
        json.member("calls", row.attempts)
        json.member("input_tokens", row.inputTokens)
        json.member("output_tokens", row.outputTokens)
        json.member("spend", row.cost.description)
        json.member("estimated_spend", row.estimatedCost.description)
        json.member("compared_spend", row.comparedCost.description)
        json.member("baseline", row.baselineCost.description)
        json.member("saving", row.saving.description)
        json.member("shadow_spend", row.shadowCost.description)
    }

    /// Comma-separated values with a heading (RFC 4180); money in dollars, exact to the nanodollar.
    package func csv() -> String {
        let heading =
            "\(grouping.rawValue),exchanges,calls,input_tokens,output_tokens,spend,estimated_spend,compared_spend,"
            + "baseline,saving,shadow_spend\r\n"
        let listed = grouping == .total ? [total] : rows
        return listed.reduce(heading) { text, row in
            text + "\(Self.quoted(row.name)),\(row.exchanges),\(row.attempts),\(row.inputTokens),\(row.outputTokens),"
                + "\(row.cost),\(row.estimatedCost),\(row.comparedCost),\(row.baselineCost),\(row.saving),\(row.shadowCost)\r\n"
        }
    }

    /// Quotes what needs it, and disarms what a spreadsheet would take for a formula.
    static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let text = isFormula ? "'" + text : text
        guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
