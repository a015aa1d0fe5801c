/// Marks in the text of an ask that say by themselves what is asked.
package struct StructuralCues: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A fenced block of code.
    package static let codeFence = StructuralCues(rawValue: 1)
    /// To translate, followed in the same sentence by the name of a language.
    package static let translateToLanguage = StructuralCues(rawValue: 2)
    /// A sentence that begins by asking to rewrite, correct or improve a text.
    package static let rewrite = StructuralCues(rawValue: 4)
    /// Several words of a customer's trouble with an order or account.
    package static let support = StructuralCues(rawValue: 8)
    /// Nothing but the question what an arithmetic expression amounts to.
    package static let arithmetic = StructuralCues(rawValue: 16)
}
