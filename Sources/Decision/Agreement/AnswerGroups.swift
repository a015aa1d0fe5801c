/// Answers to one prompt, put together where they say the same.
///
/// Groups are numbered in the order in which their first member stands; an answer that cannot be compared stands alone.
package struct AnswerGroups: Hashable, Sendable {
    /// The group of each answer.
    package let numbers: [Int]

    package init(_ answers: [CanonicalAnswer]) {
        var numbers: [Int] = []
        var first: [CanonicalAnswer] = []
        for answer in answers {
            let known = first.firstIndex { $0.likeness(to: answer) == .same }
            numbers.append(known ?? first.count)
            if known == nil { first.append(answer) }
        }
        self.numbers = numbers
    }
}
