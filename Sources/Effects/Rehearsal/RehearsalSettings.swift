/// How a rehearsal behaves beside what it answers.
package struct RehearsalSettings: Sendable {
    /// Milliseconds before the first byte of an answer; half of it again passes over a stream's pieces.
    package var latency: Int
    package var faults: FaultPlan

    package init(latency: Int = 0, faults: FaultPlan = .none) {
        self.latency = latency
        self.faults = faults
    }
}
