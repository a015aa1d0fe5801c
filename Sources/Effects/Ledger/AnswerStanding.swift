/// Whether an answer was right, as far as that is known of it.
package enum AnswerStanding: Hashable, Sendable {
    /// It was right, or the answer that was delivered says the same and nobody said that it is wrong.
    case stood
    /// It was wrong.
    case fell
    case unknown
}

extension AttemptRecord {
    /// How an answer that was not delivered compares with the one that was.
    package enum Likeness: String, Sendable {
        /// Both say the same.
        case same
        /// They differ, and at most one of them can be right.
        case different
        /// They may differ in nothing but their wording.
        case unclear
    }
}

/// What came of asking another model after the first answer of an exchange.
package enum EscalationResult: Hashable, Sendable {
    /// The first answer was wrong, the delivered one right.
    case errorCaught
    /// The first answer had stood.
    case falseEscalation
    /// The delivered answer is wrong too.
    case notMended
    case unknown
}

/// The answers of one exchange, in order, with what is known of each.
///
/// A first answer that was questioned, against the delivered answer:
///
/// | the first answer | delivered one right | delivered one wrong | nobody said |
/// |---|---|---|---|
/// | says the same | false escalation | not mended | false escalation |
/// | differs | error caught | not mended | not known |
/// | cannot be compared | not known | not mended | not known |
/// | was delivered itself | false escalation | not mended | false escalation if another says the same, else not known |
package struct JudgedAnswers: Sendable {
    package let answers: [(attempt: AttemptRecord, standing: AnswerStanding)]
    package let isDeliveredRight: Bool?

    /// `delivered` is the number of the attempt whose answer was.
    package init(_ attempts: [AttemptRecord], delivered: Int?, isRight: Bool?) {
        let answers = attempts.filter(\.isAnswer)
        isDeliveredRight = isRight
        let isSeconded = answers.contains { $0.number != delivered && $0.likeness == .same }
        let ofDelivered: AnswerStanding =
            switch isRight {
            case true?: .stood
            case false?: .fell
            case nil: isSeconded ? .stood : .unknown
            }
        self.answers = answers.map { answer in
            if answer.number == delivered || answer.likeness == .same { return (answer, ofDelivered) }
            return (answer, isRight == true && answer.likeness == .different ? .fell : .unknown)
        }
    }

    /// What came of asking on; nil where the first answer was taken.
    package var result: EscalationResult? {
        guard answers.count > 1 else { return nil }
        if isDeliveredRight == false { return .notMended }
        switch answers[0].standing {
        case .stood: return .falseEscalation
        case .fell: return .errorCaught
        case .unknown: return .unknown
        }
    }
}
