internal import Statistics

/// Tells when a share of exchanges has moved away from what it was: a sign that the traffic has changed, which needs no labels.
///
/// The first exchanges set what is usual; then two alarms watch for a share above and below the 99 % interval of that.
package struct DriftAlarm: Sendable {
    /// The exchanges from which what is usual is known.
    package static let calibration = 400
    /// By how much the share may leave the interval, before it is called a change.
    private static let slack = 0.02

    private var seen = 0
    private var hits = 0
    private var above: LossAlarm?
    private var below: LossAlarm?
    /// Whether the share has moved; it stays so.
    package var hasGoneOff: Bool { above?.hasGoneOff ?? false || below?.hasGoneOff ?? false }

    /// An alarm that has seen nothing.
    package init() {}

    /// Takes in whether an exchange is one of those whose share is watched.
    package mutating func add(_ isHit: Bool) {
        guard seen < Self.calibration else {
            above?.add(loss: isHit ? 1 : 0)
            below?.add(loss: isHit ? 0 : 1)
            return
        }
        seen += 1
        hits += isHit ? 1 : 0
        guard seen == Self.calibration else { return }
        let usual = Proportion(successes: hits, trials: seen).wilson(confidence: 0.99)
        above = Self.alarm(above: usual.upper)
        below = Self.alarm(above: 1 - usual.lower)
    }

    /// None if the share cannot exceed that by as much as would be called a change.
    private static func alarm(above share: Double) -> LossAlarm? {
        share + slack < 1 ? LossAlarm(bound: share + slack) : nil
    }
}
