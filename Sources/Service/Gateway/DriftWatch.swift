internal import Certification
internal import Dialogue
internal import Synchronization

/// Watches shares that tell of changed traffic, for each route; after an alarm what is usual is learned anew.
final class DriftWatch: Sendable {
    /// What is watched.
    enum Signal: String, Hashable, Sendable {
        /// Exchanges in which another model was asked.
        case escalation
        /// Compared exchanges whose answer the baseline did not agree with.
        case disagreement
    }

    struct Alarm: Hashable, Sendable {
        let route: RouteName
        let signal: Signal
    }

    private struct State {
        /// What is watched, searched one by one since a gateway has few routes; and how each of it stands.
        var watched: [Alarm] = []
        var drifts: [DriftAlarm] = []
        var raised: [Alarm] = []
    }

    private let state = Mutex(State())

    func note(_ signal: Signal, _ isHit: Bool, of route: RouteName) {
        let place = Alarm(route: route, signal: signal)
        state.withLock { state in
            let index = state.watched.firstIndex(of: place) ?? state.watched.endIndex
            if index == state.watched.endIndex {
                state.watched.append(place)
                state.drifts.append(DriftAlarm())
            }
            state.drifts[index].add(isHit)
            guard state.drifts[index].hasGoneOff else { return }
            state.watched.remove(at: index)
            state.drifts.remove(at: index)
            state.raised.append(place)
        }
    }

    /// The alarms since the last call.
    func takeRaised() -> [Alarm] {
        state.withLock { state in
            defer { state.raised = [] }
            return state.raised
        }
    }
}
