import Checks
import Foundation

/// What looking at answers took of the processor, in microseconds.
struct Times {
    private var values: [Double] = []

    /// Looks at an answer with all checks, without a limit of time, so that a busy machine changes nothing.
    @discardableResult
    mutating func measure(_ answer: Answer) -> Findings {
        var answer = answer
        let start = Self.now
        let findings = Check.findings(on: &answer, within: CheckBudget(.seconds(600)))
        let probability = RightnessModel.shipped.probability(findings)
        values.append(Self.now - start)
        precondition((0...1).contains(probability))
        return findings
    }

    /// The time that this thread has had of the processor.
    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }

    func line(_ name: String) -> String {
        let sorted = values.sorted()
        let percentiles = [50, 99].map { String(format: "p%d %.1f µs", $0, sorted[sorted.count * $0 / 100]) }
        let longest = String(format: "longest %.1f µs", sorted.last ?? 0)
        return "\(name): \(sorted.count) looks, " + percentiles.joined(separator: ", ") + ", " + longest
    }
}
