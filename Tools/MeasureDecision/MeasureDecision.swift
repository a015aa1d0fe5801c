import Dialogue
import Features
import Foundation
import TaskClasses

/// Measures the time from a prompt to its task class, on one core.
@main enum MeasureDecision {
    static func main() {
        let words = """
            the customer wrote that 3 of the 12 parcels arrived late, and asks whether a refund of $45.90 is possible; explain \
            which clauses of the agreement apply, list them in order, and compute what remains to be paid by each party
            """.split(separator: " ")
        let extractor = FeatureExtractor()
        let classifier = TaskClassifier.shipped
        let clock = ContinuousClock()
        for count in [20, 100, 500, 2000] {
            let prompts = (0..<16).map { shift in
                let text = (0..<count).map { words[($0 * 7 + shift) % words.count] }.joined(separator: " ")
                return Prompt(model: "auto", messages: [Message(role: .user, text: text)])
            }
            var times: [Double] = []
            for round in 0..<4000 {
                let prompt = prompts[round % prompts.count]
                let time = clock.measure { _ = classifier.classify(extractor.features(of: prompt), prompt: prompt) }
                times.append(Double(time.components.attoseconds) * 1e-12)
            }
            times.sort()
            print(String(format: "%d words: p50 %.1f µs, p99 %.1f µs", count, times[2000], times[3960]))
        }
    }
}
