internal import Agreement

/// What an answer says, to be held against another to the same prompt.
struct Statement {
    /// What it says, whatever its wording.
    let canonical: CanonicalAnswer
    let text: String

    /// Whether both come to the same: equal words, or an equal call, option, number or value.
    ///
    /// Running text that only resembles another may say the opposite, and two that hardly do may both be right, as may two ways to
    /// put something in several words.
    func likeness(to other: Statement) -> Likeness {
        if case .prose = canonical {
            return text == other.text
                || PlainWords(of: text).elementsEqual(PlainWords(of: other.text)) ? .same : .unclear
        }
        let likeness = canonical.likeness(to: other.canonical)
        return likeness == .different && !(canonical.isExact && other.canonical.isExact) ? .unclear : likeness
    }
}

extension CanonicalAnswer {
    /// Whether only one way of writing it says the same: a call, an option, a number, JSON, a single word.
    fileprivate var isExact: Bool {
        switch self {
        case .calls, .option, .number: true
        case .value(let bytes):
            bytes.first.map { "[{(".utf8.contains($0) } ?? false || !bytes.contains(UInt8(ascii: " "))
        case .code, .prose, .nothing: false
        }
    }
}
