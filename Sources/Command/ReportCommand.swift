internal import Arguments
internal import Dialogue
internal import Ledger

extension Subcommand {
    static let report: Subcommand = Subcommand(
        "report", summary: "Shows what was spent, what the baseline would have cost, and what was saved.",
        details: """
            Works beside a running gateway and changes nothing. Dates are days in UTC, such as 2026-11-23:
            --since counts from that day's start, --until ends before it. Figures with ~ are estimates.
            """,
        options: [.data, .reportBy, .since, .until, .json, .csv, .exchange, .cascade]
    ) { invocation throws(CommandFailure) in
        let folder = invocation[.data] ?? "farthing-data"
        let period = Period(
            since: try invocation.day(.since) ?? .min, until: try invocation.day(.until) ?? .max)
        let grouping = try invocation.grouping()
        guard period.since < period.until else {
            throw .usage("--since must be a day before --until, which is not counted")
        }
        if let first = [Option.json, .exchange].first(where: invocation.has), invocation.has(.csv) {
            throw .usage("--csv does not go with --\(first.name): leave one out")
        }
        let reading = try await LedgerReading.open(data: folder)
        if let id = invocation[.exchange] {
            guard let exchange = try await reading.exchange(ExchangeID(id)) else {
                let removed = try await reading.hasRemoved ? "; older ones were removed, as 'retain' says" : ""
                throw .failed("no exchange '\(id)' in \(folder): take the id of the response's x-farthing-id\(removed)")
            }
            let report = ExchangeReport(exchange)
            print(invocation.has(.json) ? report.json() : report.text(), terminator: "")
            return
        }
        if invocation.has(.cascade) {
            let report = try await reading.cascade(in: period)
            print(
                invocation.has(.json) ? report.json() : invocation.has(.csv) ? report.csv() : report.text(),
                terminator: "")
            return
        }
        let report = try await reading.report(by: grouping, in: period)
        if invocation.has(.json) {
            print(report.json(), terminator: "")
        } else if invocation.has(.csv) {
            print(report.csv(), terminator: "")
        } else {
            print(report.table(), terminator: "")
            guard !reading.open.isEmpty else { return }
            let calls = reading.open.reduce(0) { $0 + $1.attempts.count }
            let cost = reading.open.reduce(Nanodollars.zero) { $0 + $1.cost }
            print("Not in it: \(calls) calls under way or cut short, estimated at $\(cost).")
        }
    }
}

extension Option {
    fileprivate static let reportBy = Option.value(
        "by", "GROUP", "total, route, model, task, key or day; else route.",
        choices: SpendGrouping.allCases.map(\.rawValue))
    fileprivate static let since = Option.value("since", "DATE", "The first day.")
    fileprivate static let until = Option.value("until", "DATE", "The day before which to end.")
    fileprivate static let cascade = Option.flag(
        "cascade",
        "Shows how often another model was asked, which errors that caught, what drafts cost, and which checks spoke.")
    fileprivate static let csv = Option.flag("csv", "Prints comma-separated values.")
    fileprivate static let exchange = Option.value("exchange", "ID", "Shows one exchange with its calls.")
}

extension Invocation {
    fileprivate func day(_ option: Option) throws(CommandFailure) -> Int64? {
        guard let text = self[option] else { return nil }
        guard let day = CalendarDay(text) else {
            throw .usage("--\(option.name) takes a date such as 2026-11-23, not '\(text)'")
        }
        return day.start
    }

    fileprivate func grouping() throws(CommandFailure) -> SpendGrouping {
        guard let text = self[.reportBy] else { return .route }
        guard let grouping = SpendGrouping(rawValue: text) else {
            let known = SpendGrouping.allCases.map(\.rawValue).joined(separator: ", ")
            throw .usage("--by takes one of \(known), not '\(text)'")
        }
        return grouping
    }
}
