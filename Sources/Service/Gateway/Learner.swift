internal import Configuration
internal import Dialogue
internal import Digests
package import Ledger
internal import Prediction
internal import Routing
package import Telemetry

/// Learns from the ledger's outcomes and publishes what it learned.
///
/// It keeps nothing: after a restart it reads the outcomes again and comes to the same bits. While the configuration names a
/// predictor's file that one stands and nothing is learned.
package actor Learner {
    private let state: GatewayState
    private let ledger: any LedgerStore
    private let log: Log
    private var window = OutcomeWindow()
    private var last: Int64 = 0
    private var due: OutcomeWindow?
    /// At how many outcomes was learned last.
    private var learned = 0

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
                while try await takeIn() {}
                learn()
            } catch {
                log.warning("learner", ["reason": .text("\(error)")])
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Takes in the next outcomes; false if there are none.
    private func takeIn() async throws(LedgerError) -> Bool {
        let outcomes = try await ledger.outcomes(after: last, limit: 1000)
        for (number, outcome) in outcomes {
            window.add(
                model: outcome.model.text, score: outcome.score, features: outcome.prompt.features,
                group: outcome.prompt.group)
            last = number
            if window.isDue, isRipe { (due, learned) = (window, window.count) }
        }
        return !outcomes.isEmpty
    }

    /// Whether it may be learned anew: a certificate is about one predictor, which lives until the outcomes have doubled where
    /// answers are compared, so that there is time to earn one.
    private var isRipe: Bool {
        let snapshot = state.snapshot
        guard snapshot.configuration.routes.values.contains(where: { $0.shadowing != nil }) else { return true }
        return window.count >= 2 * learned || snapshot.hasFailed
    }

    /// Fits what was due last, so that a pause or a restart changes nothing.
    private func learn() {
        guard let due, state.snapshot.configuration.predictor == nil, !state.snapshot.isEarning else { return }
        self.due = nil
        guard let predictor = due.predictor() else { return }
        let knowledge = Knowledge(predictor: predictor, file: PredictorFile.encode(predictor), certificate: nil)
        state.update { before in
            // A file may have been named meanwhile.
            guard before.configuration.predictor == nil else { return before }
            return GatewaySnapshot(configuration: before.configuration, knowledge: knowledge, before: before)
        }
        log.info(
            "learned",
            [
                "outcomes": .integer(Int64(due.count)), "models": .integer(Int64(predictor.models.count)),
                "predictor": .text(String(knowledge.digest.prefix(12))),
            ])
    }
}
