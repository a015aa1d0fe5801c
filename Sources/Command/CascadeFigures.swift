internal import Cascade
internal import Certification
internal import JSON
internal import LinearAlgebra
internal import Statistics

/// What a replay tells of cascades beside their curve.
struct CascadeFigures {
    let mostAnswers: Int
    /// For each policy how many models it asked of a prompt in the mean, and of which share of prompts the first answer was taken.
    let calls: [Double]
    let acceptedAtFirst: [Double]
    /// What a right answer is worth to each policy, in dollars, by what the parts were learned from.
    let values: [ClosedRange<Double>]
    /// How many of the most careful policies cost more than the baseline on what some part was learned from.
    let dearer: Int
    /// What came of the policies that were chosen without the prompts judged.
    let chosen: [OperatingPoint]

    /// What was learned for one part, and chosen of it.
    struct Part {
        /// What a right answer is worth to each policy, in dollars.
        let values: [Double]
        /// For each loss the policy that saves most on what was learned from.
        let chosen: [Int]
        /// How many of the most careful policies cost more than the baseline there.
        let dearer: Int
    }

    /// `paths` has each prompt's path by every policy, `numbers` the part that it is in.
    init(
        _ outcomes: PolicyOutcomes, paths: [[CascadePath]], numbers: [Int], parts: [Part], losses: [Double],
        mostAnswers: Int, seed: UInt64
    ) {
        self.mostAnswers = mostAnswers
        dearer = parts.map(\.dearer).max() ?? 0
        values = outcomes.values.indices.map { policy in Self.range(parts.map { $0.values[policy] }) }
        let count = Double(max(paths.count, 1))
        calls = outcomes.values.indices.map { policy in
            paths.reduce(0) { $0 + Double($1[policy].calls.count) } / count
        }
        acceptedAtFirst = outcomes.values.indices.map { policy in
            Double(paths.count { $0[policy].calls.count == 1 }) / count
        }
        let bootstrap = Bootstrap(draws: 400, seed: seed)
        chosen = losses.enumerated().map { place, loss in
            let taken = zip(paths, numbers).map { $0[parts[$1].chosen[place]] }
            var table = Matrix(rows: taken.count, columns: 3)
            for (row, path) in taken.enumerated() {
                table[row, 0] = path.cost
                table[row, 1] = outcomes.baselineCosts[row]
                table[row, 2] = path.score - outcomes.baselineScores[row]
            }
            func figures(_ sums: ArraySlice<Double>) -> [Double] {
                let sums = Array(sums)
                return [1 - sums[0] / max(sums[1], .leastNormalMagnitude), sums[2] / count]
            }
            let all = figures((0..<3).map { table.column($0).reduce(0, +) }[...])
            let intervals = bootstrap.intervals(sumsOf: table, figures)
            return OperatingPoint(
                loss: loss, choice: .beforehand, values: Self.range(parts.map { $0.values[$0.chosen[place]] }),
                saving: all[0], savingInterval: intervals[0], difference: all[1], differenceInterval: intervals[1],
                calls: taken.reduce(0) { $0 + Double($1.calls.count) } / count)
        }
    }

    private static func range(_ values: [Double]) -> ClosedRange<Double> {
        (values.min() ?? 0)...(values.max() ?? 0)
    }

    var lines: [String] {
        let figure = EvaluationReport.figure
        return chosen.map { chosen in
            let quality = chosen.differenceInterval.map {
                " [\(figure($0.lower * 100))–\(figure($0.upper * 100))]"
            }
            return
                "chosen on the training parts within \(figure(chosen.loss * 100)) points: saving \(figure(chosen.saving)) "
                + "[\(figure(chosen.savingInterval.lower))–\(figure(chosen.savingInterval.upper))], quality "
                + "\(figure(chosen.difference * 100)) points\(quality ?? ""), \(figure(chosen.calls)) calls"
        }
    }

    func write(to json: inout JSONWriter) {
        json.member("most_answers", mostAnswers)
        json.member("calls", array: { json in for figure in calls { json.double(figure) } })
        json.member("accepted_at_first", array: { json in for figure in acceptedAtFirst { json.double(figure) } })
        json.member(
            "chosen_beforehand",
            array: { json in for chosen in chosen { json.object { chosen.write(to: &$0) } } })
    }
}
