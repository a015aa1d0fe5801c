/// What all checks found in one answer.
package struct Findings: Sendable {
    package private(set) var evidence: [Evidence] = []
    package var signals = SignalVector()

    package init() {}

    package mutating func add(_ found: Evidence) { evidence.append(found) }
}
