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
        var alarms: [Alarm: DriftAlarm] = [:]
        var raised: [Alarm] = []
    }

    private let state = Mutex(State())

    func note(_ signal: Signal, _ isHit: Bool, of route: RouteName) {
        let place = Alarm(route: route, signal: signal)
        state.withLock { state in
            state.alarms[place, default: DriftAlarm()].add(isHit)
            guard state.alarms[place]?.hasGoneOff ?? false else { return }
            state.alarms[place] = nil
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
