/// How a rehearsal behaves beside what it answers.
package struct RehearsalSettings: Sendable {
    /// What passes before the first byte of an answer; half of it again passes over a stream's pieces.
    package var latency: Duration
    package var faults: FaultPlan

    package init(latency: Duration = .zero, faults: FaultPlan = .none) {
        self.latency = latency
        self.faults = faults
    }
}
