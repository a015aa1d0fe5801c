import Checks

/// What a fit needs to know of one part of the recordings: how its signals go with each other and with being right.
///
/// Signals and scores are taken relative to the means of their model, so that what makes a model better or a part easier
/// teaches nothing. Answers with a fault of form are told apart: they count by their faults alone.
struct PartMoments {
    /// Of two signals each, in the order of ``Signal``; means over the answers.
    private(set) var gram: [Double]
    /// Of each signal with the score.
    private(set) var pull: [Double]
    private(set) var variance = 0.0
    private(set) var faults = [FaultTally](repeating: FaultTally(), count: Signal.allCases.count)

    /// How often answers with a fault were right, and how often those models are.
    struct FaultTally {
        var answers = 0.0
        var right = 0.0
        var usual = 0.0
    }

    static let count = Signal.allCases.count

    init(_ rows: [AnswerRow]) {
        gram = [Double](repeating: 0, count: Self.count * Self.count)
        pull = [Double](repeating: 0, count: Self.count)
        let total = Double(rows.count { !$0.hasFault })
        for own in Dictionary(grouping: rows, by: \.model).sorted(by: { $0.key < $1.key }).map(\.value) {
            let usual = own.reduce(0) { $0 + $1.score } / Double(own.count)
            for row in own where row.hasFault { add(row, usual: usual) }
            let sound = own.filter { !$0.hasFault }
            guard !sound.isEmpty else { continue }
            let right = sound.reduce(0) { $0 + $1.score } / Double(sound.count)
            var means = [Double](repeating: 0, count: Self.count)
            for row in sound {
                for index in 0..<Self.count { means[index] += row.signals[index] / Double(sound.count) }
            }
            for row in sound { add(row, means, right, weight: 1 / total) }
        }
        for index in 0..<Self.count {
            for other in 0..<index { gram[index * Self.count + other] = gram[other * Self.count + index] }
        }
    }

    private mutating func add(_ row: AnswerRow, usual: Double) {
        for fault in SignedFit.faultPlaces where row.signals[fault] != 0 {
            faults[fault].answers += 1
            faults[fault].right += row.score
            faults[fault].usual += usual
        }
    }

    private mutating func add(_ row: AnswerRow, _ means: [Double], _ right: Double, weight: Double) {
        variance += weight * (row.score - right) * (row.score - right)
        let centred = (0..<Self.count).filter { row.signals[$0] != means[$0] }.map { ($0, row.signals[$0] - means[$0]) }
        for (place, (index, value)) in centred.enumerated() {
            pull[index] += weight * value * (row.score - right)
            for (other, factor) in centred[place...] { gram[index * Self.count + other] += weight * value * factor }
        }
    }

    /// The mean of several parts, each of which weighs the same; faults add up.
    init(meanOf parts: [PartMoments]) {
        (gram, pull) = (parts[0].gram, parts[0].pull)
        (variance, faults) = (parts[0].variance, parts[0].faults)
        for part in parts.dropFirst() {
            for place in gram.indices { gram[place] += part.gram[place] }
            for index in pull.indices {
                pull[index] += part.pull[index]
                faults[index].answers += part.faults[index].answers
                faults[index].right += part.faults[index].right
                faults[index].usual += part.faults[index].usual
            }
            variance += part.variance
        }
        let share = 1 / Double(parts.count)
        for place in gram.indices { gram[place] *= share }
        for index in pull.indices { pull[index] *= share }
        variance *= share
    }
}

extension AnswerRow {
    /// Whether the answer has a fault of form.
    var hasFault: Bool { SignedFit.faultPlaces.contains { signals[$0] != 0 } }
}
