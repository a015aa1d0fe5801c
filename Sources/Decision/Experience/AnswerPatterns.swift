internal import Checks
internal import Dialogue
internal import Prediction

/// What accepted and failed answers look like: by query type, or by task class while a type has few; and by model.
struct AnswerPatterns: Equatable, Sendable {
    /// By the query type's number.
    let ofTypes: [Int: AcceptedPattern]
    /// By the place of the task class.
    let ofClasses: [Int: AcceptedPattern]
    let memories: [String: AnswerMemory]

    init(ofTypes: [Int: AcceptedPattern], ofClasses: [Int: AcceptedPattern], memories: [String: AnswerMemory]) {
        (self.ofTypes, self.ofClasses, self.memories) = (ofTypes, ofClasses, memories)
    }

    /// Learns from answers in their order.
    init(_ answers: [JudgedAnswer]) {
        let accepted = answers.filter(\.isAccepted)
        ofTypes = Dictionary(grouping: accepted.filter { $0.type != nil }, by: { $0.type ?? 0 })
            .compactMapValues { AcceptedPattern($0.map(\.sketch)) }
        ofClasses = Dictionary(grouping: accepted, by: \.taskClass.place)
            .compactMapValues { AcceptedPattern($0.map(\.sketch)) }
        memories = Dictionary(grouping: answers, by: \.model).mapValues { AnswerMemory($0) }
    }

    /// What the numbers say of an answer that a regression reads: how far its fit and its likeness stand above what is usual
    /// for accepted ones, and how much nearer it is to failures; 0 where nothing is known.
    struct Signals {
        static let count = 3

        var fit: Float = 0
        var likeness: Float = 0
        var failures: Float = 0

        var values: [Float] { [fit, likeness, failures] }
    }

    /// Where an answer stands among accepted and failed ones.
    struct Standing {
        /// The pattern of its query type or task class, and how like the answer is to it; nil where none is known.
        var pattern: (accepted: AcceptedPattern, likeness: Float, kind: String)?
        /// Nil where too little is remembered of the model.
        var resemblance: AnswerMemory.Resemblance?
        let fit: Float

        var signals: Signals {
            var signals = Signals()
            if let (accepted, likeness, _) = pattern {
                signals.fit = accepted.fit.standing(of: fit)
                signals.likeness = accepted.likeness.standing(of: likeness)
            }
            if let resemblance { signals.failures = resemblance.excess }
            return signals
        }
    }

    func standing(of sketch: AnswerSketch, taskClass: TaskClass, type: Int?, model: String?) -> Standing {
        let ofType = type.flatMap { ofTypes[$0] }
        let accepted = ofType ?? ofClasses[taskClass.place]
        let kind = ofType == nil ? "the task \(taskClass.rawValue)" : "this query type"
        return Standing(
            pattern: accepted.map { ($0, sketch.direction.reach(of: $0.centre), kind) },
            resemblance: model.flatMap { memories[$0]?.resemblance(of: sketch.direction) }, fit: sketch.fit)
    }
}

extension AnswerPatterns.Standing {
    /// What it says to a person; nothing where nothing is known.
    ///
    /// No resemblance makes sure: the strengths stay below a half.
    func evidence(model: String?) -> [Evidence] {
        var found: [Evidence] = []
        if let (accepted, likeness, kind) = pattern {
            found.append(
                Self.evidence(
                    "semantics.fit", share: accepted.fit.share(below: fit),
                    far: "it is further from what was asked than nearly all accepted answers of \(kind)",
                    unsure: "it is further from what was asked than most accepted answers of \(kind)",
                    near: "it is as near to what was asked as accepted answers of \(kind)"))
            found.append(
                Self.evidence(
                    "semantics.pattern", share: accepted.likeness.share(below: likeness),
                    far: "it is less like accepted answers of \(kind) than nearly all of them are like each other",
                    unsure: "it is less like accepted answers of \(kind) than most of them are like each other",
                    near: "it is like accepted answers of \(kind)"))
        }
        if let model, let resemblance { found.append(Self.evidence(resemblance, model: model)) }
        return found
    }

    /// By the share of the accepted answers that are worse.
    private static func evidence(
        _ check: String, share: Double, far: String, unsure: String, near: String
    ) -> Evidence {
        switch share {
        case ..<0.01: Evidence(check, .fails, strength: 0.4, far)
        case ..<0.06: Evidence(check, .fails, strength: 0.25, far)
        case ..<0.25: Evidence(check, .unclear, strength: 0, unsure)
        default: Evidence(check, .passes, strength: 0.2, near)
        }
    }

    private static func evidence(_ near: AnswerMemory.Resemblance, model: String) -> Evidence {
        let check = "semantics.failures"
        let share = "of the \(AnswerMemory.neighbours) nearest judged answers of \(model) \(near.failures) failed"
        switch near.failures {
        case 8...: return Evidence(check, .fails, strength: 0.4, share)
        case 6...7: return Evidence(check, .fails, strength: 0.25, share)
        case 3...5: return Evidence(check, .unclear, strength: 0, share)
        default: return Evidence(check, .passes, strength: 0.2, share)
        }
    }
}
