package import Dialogue

/// By what spend is grouped.
package enum SpendGrouping: String, CaseIterable, Sendable {
    /// One row for everything.
    case total
    case route
    /// By the model called: each attempt counts for its own model, the baseline for the model that answered.
    case model
    case task
    /// By the name of the caller's key.
    case key
    /// By day of arrival, UTC.
    case day

    /// Those whose sums are kept for each day of exchanges that are removed; days are sums of the total.
    package static let kept: [SpendGrouping] = [.total, .route, .model, .task, .key]
}

/// Spend of one group of exchanges.
///
/// Sums add rounded costs of attempts.
package struct SpendRow: Hashable, Sendable {
    /// The route, model, task class, key or day; empty for what has none, such as a request that called no model.
    package var name: String
    package var exchanges: Int
    /// Upstream calls.
    package var attempts: Int
    package var inputTokens: Int
    package var outputTokens: Int
    /// What was paid.
    package var cost: Nanodollars
    /// The part of ``cost`` whose tokens the gateway had to estimate.
    package var estimatedCost: Nanodollars
    /// What the baseline would have cost, of the exchanges that have one; always an estimate.
    package var baselineCost: Nanodollars
    /// The part of ``cost`` that ``baselineCost`` is to be compared with.
    package var comparedCost: Nanodollars
    /// The part of ``cost`` for answers that were only compared: no client's exchange has it on its bill.
    package var shadowCost: Nanodollars

    package init(
        name: String, exchanges: Int = 0, attempts: Int = 0, inputTokens: Int = 0, outputTokens: Int = 0,
        cost: Nanodollars = .zero, estimatedCost: Nanodollars = .zero, baselineCost: Nanodollars = .zero,
        comparedCost: Nanodollars = .zero, shadowCost: Nanodollars = .zero
    ) {
        self.name = name
        self.exchanges = exchanges
        self.attempts = attempts
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cost = cost
        self.estimatedCost = estimatedCost
        self.baselineCost = baselineCost
        self.comparedCost = comparedCost
        self.shadowCost = shadowCost
    }

    /// Baseline less what was paid, over the exchanges that have a baseline; may be negative.
    package var saving: Nanodollars { baselineCost - comparedCost }

    /// Adds another row's figures.
    ///
    /// - Throws: if a sum does not fit.
    package mutating func add(_ other: SpendRow) throws(LedgerError) {
        exchanges += other.exchanges
        attempts += other.attempts
        inputTokens += other.inputTokens
        outputTokens += other.outputTokens
        try Self.add(other.cost, to: &cost)
        try Self.add(other.estimatedCost, to: &estimatedCost)
        try Self.add(other.baselineCost, to: &baselineCost)
        try Self.add(other.comparedCost, to: &comparedCost)
        try Self.add(other.shadowCost, to: &shadowCost)
    }

    private static func add(_ amount: Nanodollars, to sum: inout Nanodollars) throws(LedgerError) {
        let (result, overflow) = sum.count.addingReportingOverflow(amount.count)
        if overflow { throw .overflow }
        sum = Nanodollars(result)
    }
}

extension ExchangeRecord {
    /// What this exchange adds to a report: one row, or one for each model called.
    package func spend(by grouping: SpendGrouping) -> [SpendRow] {
        switch grouping {
        case .total: [spend(named: "", of: attempts, bearsBaseline: true)]
        case .route: [spend(named: route?.text ?? "", of: attempts, bearsBaseline: true)]
        case .task: [spend(named: taskClass.rawValue, of: attempts, bearsBaseline: true)]
        case .key: [spend(named: caller.text, of: attempts, bearsBaseline: true)]
        case .day: [spend(named: CalendarDay(microseconds: arrival).description, of: attempts, bearsBaseline: true)]
        case .model: spendByModel()
        }
    }

    private func spendByModel() -> [SpendRow] {
        var names: [String] = []
        for attempt in attempts where !names.contains(attempt.model.text) { names.append(attempt.model.text) }
        let answering = (deliveredRecord ?? attempts.last)?.model.text ?? ""
        if names.isEmpty { names = [""] }
        return names.map { name in
            spend(named: name, of: attempts.filter { $0.model.text == name }, bearsBaseline: name == answering)
        }
    }

    private func spend(named name: String, of attempts: [AttemptRecord], bearsBaseline: Bool) -> SpendRow {
        var row = SpendRow(name: name, exchanges: shadowed == nil ? 1 : 0, attempts: attempts.count)
        for attempt in attempts {
            row.inputTokens += attempt.usage.totalInput
            row.outputTokens += attempt.usage.output
            row.cost += attempt.cost
            if attempt.usage.isEstimated { row.estimatedCost += attempt.cost }
        }
        if shadowed != nil { row.shadowCost = row.cost }
        guard let baselineCost, shadowed == nil else { return row }
        row.comparedCost = row.cost
        if bearsBaseline { row.baselineCost = baselineCost }
        return row
    }
}
