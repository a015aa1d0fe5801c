internal import Certification
internal import JSON
internal import Statistics

/// A policy that may be chosen for what it saves within a loss, and what came of it.
struct OperatingPoint {
    /// How it was found.
    enum Choice: String {
        /// The one that saves most on the prompts that it is judged by, which flatters it.
        case curve = "read off the curve"
        /// Those that saved most on what each part was learned from.
        case beforehand = "chosen beforehand"
    }

    /// The loss that it may have, as a share of right answers.
    let loss: Double
    let choice: Choice
    /// What a right answer is worth, in dollars, to the policies that the parts learned; nil where nothing but the baseline will do.
    let values: ClosedRange<Double>?
    let saving: Double
    let savingInterval: Interval
    /// The mean score less the baseline's.
    let difference: Double
    /// Nil for one that was chosen by its score.
    let differenceInterval: Interval?
    /// Models asked of a prompt, in the mean.
    let calls: Double

    /// Where it lies beside a baseline.
    func point(beside baseline: RoutingReplay.Point) -> RoutingReplay.Point {
        RoutingReplay.Point(cost: baseline.cost * (1 - saving), quality: baseline.quality + difference)
    }

    /// The loss that it may have, in words.
    var aim: String {
        switch loss {
        case 0: "equal quality"
        case 0.01: "1 point less"
        default: "\(Figures.significant(loss * 100)) points less"
        }
    }
}

extension OperatingPoint {
    /// Writes the members of an object.
    func write(to json: inout JSONWriter) {
        json.member("loss", loss)
        json.member(
            "values",
            array: { json in
                if let values {
                    json.double(values.lowerBound)
                    json.double(values.upperBound)
                }
            })
        json.member("saving", saving)
        json.member("saving_interval", array: { $0.interval(savingInterval) })
        json.member("difference", difference)
        if let differenceInterval { json.member("difference_interval", array: { $0.interval(differenceInterval) }) }
        json.member("calls", calls)
    }
}
