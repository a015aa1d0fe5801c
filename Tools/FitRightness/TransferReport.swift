import Checks
import Statistics

/// How well weights do on a source that they were not fitted on: means over its models, evidence alone.
struct TransferReport {
    private(set) var lines = [
        "| left out | models | AUC | AUC of length | caught at 10 % | at 5 % | length at 10 % |",
        "|---|---|---|---|---|---|---|",
    ]

    init(_ rows: [AnswerRow]) {
        let parts = rows.map { $0.source == "bfcl" ? $0.subtask : $0.source }
        for part in Set(parts).sorted() {
            let training = rows.indices.filter { parts[$0] != part }.map { rows[$0] }
            let judged = rows.indices.filter { parts[$0] == part }.map { rows[$0] }
            let model = SignedFit(training).model
            var sums = [Double](repeating: 0, count: 5)
            var models = 0
            for (_, own) in Dictionary(grouping: judged, by: \.model).sorted(by: { $0.key < $1.key }) {
                let scores = own.map { row in zip(model.weights, row.signals).reduce(0) { $0 + $1.0 * $1.1 } }
                let outcomes = own.map { $0.score >= 0.5 ? 1.0 : 0 }
                let lengths = own.map { -$0.signals[Signal.logLength.rawValue] }
                guard let area = Discrimination.areaUnderCurve(scores: scores, outcomes: outcomes),
                    let ofLength = Discrimination.areaUnderCurve(scores: lengths, outcomes: outcomes),
                    let ten = Caught.share(scores, outcomes, needless: 0.1),
                    let five = Caught.share(scores, outcomes, needless: 0.05),
                    let lengthTen = Caught.share(lengths, outcomes, needless: 0.1)
                else { continue }
                models += 1
                for (index, value) in [area, ofLength, ten, five, lengthTen].enumerated() { sums[index] += value }
            }
            let means = sums.map { Caught.percent($0 / Double(max(models, 1))) }
            lines.append("| \(part) | \(models) | \(means.joined(separator: " | ")) |")
        }
    }
}
