internal import Configuration
internal import Experience
package import Ledger
internal import Prediction
internal import Routing
package import Telemetry
internal import Threads

/// Learns from the ledger's outcomes and publishes what it learned.
///
/// It keeps nothing: after a restart it reads the outcomes again and comes to the same bits; where answers are compared it may
/// have learned at other numbers of outcomes, and a certificate is earned anew. While the configuration names a predictor's
/// file that one stands and nothing is learned.
package actor Learner {
    private let state: GatewayState
    private let ledger: any LedgerStore
    private let log: Log
    private var reading = OutcomeReading()

    package init(state: GatewayState, ledger: any LedgerStore, log: Log) {
        self.state = state
        self.ledger = ledger
        self.log = log
    }

    /// Learns until the task is cancelled; fitting takes seconds of one core, so the task should prefer an executor of its
    /// own.
    package func run() async {
        while !Task.isCancelled {
            do {
                while case let outcomes = try await reading.next(from: ledger), !outcomes.isEmpty {
                    reading.take(outcomes, when: isRipe)
                }
                try learn()
            } catch {
                log.warning("learner", ["reason": .text("\(error)")])
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Whether it may be learned anew: a certificate is about one predictor, which lives until the outcomes have doubled where
    /// answers are compared, so that there is time to earn one.
    private func isRipe(_ count: Int, since learned: Int) -> Bool {
        let snapshot = state.snapshot
        guard snapshot.configuration.routes.values.contains(where: { $0.shadowing != nil }) else { return true }
        return count >= 2 * learned || snapshot.hasFailed
    }

    private func learn() throws(TrainingError) {
        guard state.snapshot.configuration.predictor == nil, !state.snapshot.isEarning, let due = reading.takeDue()
        else { return }
        // Fitting takes several times what it leaves, and hardly anything of it is needed again before the next time.
        defer { FreedMemory.returnAll() }
        guard let knowledge = try due.knowledge() else { return }
        state.update { before in
            // A file may have been named meanwhile.
            guard before.configuration.predictor == nil else { return before }
            return GatewaySnapshot(configuration: before.configuration, knowledge: knowledge, before: before)
        }
        log.info(
            "learned",
            [
                "outcomes": .integer(Int64(due.count)), "models": .integer(Int64(knowledge.predictor.models.count)),
                "answers": .integer(Int64(knowledge.answers?.count ?? 0)),
                "predictor": .text(String(knowledge.digest.prefix(12))),
            ])
    }
}
