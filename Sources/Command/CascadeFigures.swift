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
    /// What came of the policies that were chosen without the prompts judged.
    let chosen: [Chosen]

    /// The outcome of policies chosen beforehand to save most within a loss.
    struct Chosen {
        let loss: Double
        let saving: Double
        let savingInterval: Interval
        /// The mean score less the baseline's.
        let difference: Double
        let differenceInterval: Interval
        let calls: Double
    }

    /// `paths` has each prompt's path by every policy, `choices` each prompt's policy for each of `losses`.
    init(
        _ outcomes: PolicyOutcomes, paths: [[CascadePath]], choices: [[Int]], losses: [Double], mostAnswers: Int,
        seed: UInt64
    ) {
        self.mostAnswers = mostAnswers
        let count = Double(max(paths.count, 1))
        calls = outcomes.values.indices.map { policy in
            paths.reduce(0) { $0 + Double($1[policy].calls.count) } / count
        }
        acceptedAtFirst = outcomes.values.indices.map { policy in
            Double(paths.count { $0[policy].calls.count == 1 }) / count
        }
        let bootstrap = Bootstrap(draws: 400, seed: seed)
        chosen = losses.enumerated().map { place, loss in
            let taken = zip(paths, choices).map { $0[$1[place]] }
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
            return Chosen(
                loss: loss, saving: all[0], savingInterval: intervals[0], difference: all[1],
                differenceInterval: intervals[1],
                calls: taken.reduce(0) { $0 + Double($1.calls.count) } / count)
        }
    }

    var lines: [String] {
        let figure = EvaluationReport.figure
        return chosen.map { chosen in
            "chosen on the training parts within \(figure(chosen.loss * 100)) points: saving \(figure(chosen.saving)) "
                + "[\(figure(chosen.savingInterval.lower))–\(figure(chosen.savingInterval.upper))], quality "
                + "\(figure(chosen.difference * 100)) points [\(figure(chosen.differenceInterval.lower * 100))–"
                + "\(figure(chosen.differenceInterval.upper * 100))], \(figure(chosen.calls)) calls"
        }
    }

    func write(to json: inout JSONWriter) {
        json.member("most_answers", mostAnswers)
        json.member("calls", array: { json in for figure in calls { json.double(figure) } })
        json.member("accepted_at_first", array: { json in for figure in acceptedAtFirst { json.double(figure) } })
        json.member(
            "chosen_beforehand",
            array: { json in
                for chosen in chosen {
                    json.object { json in
                        json.member("loss", chosen.loss)
                        json.member("saving", chosen.saving)
                        json.member("saving_interval", array: { $0.interval(chosen.savingInterval) })
                        json.member("difference", chosen.difference)
                        json.member("difference_interval", array: { $0.interval(chosen.differenceInterval) })
                        json.member("calls", chosen.calls)
                    }
                }
            })
    }
}
