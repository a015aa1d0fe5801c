import Checks
import Dialogue
import JSON
import Recordings

/// Measures what all checks together take of one core.
///
/// `MeasureChecks` looks at prose and at hostile answers; `MeasureChecks DATA` at recorded ones, and prints a digest of
/// all that was found: a change for speed leaves it as it was. `MeasureChecks DATA FILE` writes the findings to a file too.
@main enum MeasureChecks {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else {
            measureProse()
            measureHostile()
            return
        }
        var record = FindingsRecord(keepsLines: arguments.count > 1)
        for name in ["mmlu_pro", "zeroeval", "routerbench", "bfcl"] {
            try measure("\(folder)/\(name).jsonl.gz", name, &record)
        }
        print("digest of all findings: \(String(record.digest, radix: 16))")
        if let path = arguments.dropFirst().first { try record.write(to: path) }
    }

    private static func measureProse() {
        let answer = HostileAnswers.prose
        var times = Times()
        for _ in 0..<20_000 { times.measure(answer) }
        print(times.line("\(answer.text.utf8.count) bytes of prose"))
    }

    /// Three looks at each, of which the first finds nothing in the caches.
    private static func measureHostile() {
        for (name, answer) in HostileAnswers.all {
            var times = Times()
            for _ in 0..<3 { times.measure(answer) }
            print(times.line(name))
        }
    }

    private static func measure(_ path: String, _ name: String, _ record: inout FindingsRecord) throws {
        var times = Times()
        try RecordingLines.read(path) { row in
            guard let text = row["prompt"]?.string, let outcomes = row["outcomes"]?.members else { return "no prompt" }
            let prompt = RecordedRequest.prompt(text, tools: row["tools"])
            for outcome in outcomes {
                guard let response = outcome.value["response"].flatMap(RecordedAnswer.init) else { continue }
                record.add(
                    times.measure(
                        Answer(to: prompt, taskClass: .unknown, text: response.text, toolCalls: response.toolCalls)))
            }
            return nil
        }
        print(times.line(name))
    }
}
