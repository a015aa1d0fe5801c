internal import Dialogue
package import Ledger
package import Telemetry

/// Reads the pairs as the ledger gets them, and publishes how each route's certificate stands.
///
/// It keeps nothing: after a restart it reads all pairs again and comes to the same.
package actor CertificateKeeping {
    private let state: GatewayState
    private let ledger: any LedgerStore
    private let log: Log
    private var history = CertificateHistory()
    private var last: Int64 = 0
    private var isCaughtUp = false

    package init(state: GatewayState, ledger: any LedgerStore, log: Log) {
        self.state = state
        self.ledger = ledger
        self.log = log
    }

    /// Keeps certificates until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            do {
                while try await takeIn() {}
                isCaughtUp = true
                tellOfDrift()
            } catch {
                log.warning("certificate", ["reason": .text("\(error)")])
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Takes in the next pairs; false if there are none.
    private func takeIn() async throws(LedgerError) -> Bool {
        let pairs = try await ledger.pairs(after: last, limit: 1000)
        guard !pairs.isEmpty else { return false }
        let events = pairs.flatMap { history.add($0.1) }
        last = pairs.last?.number ?? last
        let standings = history.standings
        state.update { $0.certified(by: standings) }
        for event in events where isCaughtUp { tell(event) }
        for (_, pair) in pairs where !pair.isReview {
            state.drift.note(.disagreement, pair.verdict != .agree, of: pair.route)
        }
        for (route, policy) in history.latest {
            if let standing = standings[policy] { state.metrics.show(standing, of: route) }
        }
        return true
    }

    private func tellOfDrift() {
        for alarm in state.drift.takeRaised() {
            state.metrics.driftAlarms.with(alarm.route.text, alarm.signal.rawValue).add()
            log.warning(
                "traffic changed", ["route": .text(alarm.route.text), "share_of": .text(alarm.signal.rawValue)])
        }
    }

    private func tell(_ event: CertificateHistory.Event) {
        let standing = event.standing
        switch event.kind {
        case .began: log.info("certificate begins", ["route": .text(event.route.text), "policy": .text(event.policy)])
        case .loosened(let count):
            log.info(
                "certificate loosened",
                [
                    "route": .text(event.route.text), "policy": .text(event.policy),
                    "certified": .integer(Int64(count)), "of": .integer(Int64(standing.policies)),
                    "pairs": .integer(Int64(standing.pairs)),
                ])
        case .reinstated(let count):
            log.info(
                "certificate reinstated",
                [
                    "route": .text(event.route.text), "policy": .text(event.policy), "policies": .integer(Int64(count)),
                ])
        case .ruledOut(let place):
            log.info(
                "certificate ruled out",
                [
                    "route": .text(event.route.text), "policy": .text(event.policy),
                    "given_up": .integer(Int64(place + 1)),
                ])
        case .failed(let place):
            state.metrics.certificateFailures.with(event.route.text).add()
            log.error(
                "certificate failed",
                [
                    "route": .text(event.route.text), "policy": .text(event.policy),
                    "given_up": .integer(Int64(place + 1)),
                    "certified": .integer(Int64(standing.certified)), "pairs": .integer(Int64(standing.pairs)),
                ])
        }
    }
}
