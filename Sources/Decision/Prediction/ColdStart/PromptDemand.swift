internal import Dialogue
internal import Features
internal import Glibc

/// What a prompt's surface tells of how hard it is, for any model: what turned out to mean the same in every source of
/// public outcomes, and no more.
package struct PromptDemand: Hashable, Sendable {
    /// The natural logarithm of the characters of the question, without options to choose from.
    package let questionLength: Double
    /// ln(1 + numbers) where the model has to work with them itself; 0 where a tool or a program does.
    package let numbers: Double

    package init(_ prompt: PromptVector) {
        questionLength = log(1 + Self.questionCharacters(prompt))
        let isForMachines = prompt.taskClass == .code || prompt[.logToolBytes] > 0
        numbers = isForMachines ? 0 : Double(prompt[.logNumbers])
    }

    /// The characters of the ask; in a choice those of its last paragraph without the options.
    ///
    /// Options of worked examples count too, so that a question which follows such examples counts as short: examples make
    /// it easier.
    private static func questionCharacters(_ prompt: PromptVector) -> Double {
        let characters = expm1(Double(prompt[.logCharacters]))
        let options = expm1(Double(prompt[.options]))
        guard options > 1.5 else { return max(characters, 1) }
        // Beyond this an ask is shortened before its surface is read.
        let paragraph = min(characters, 1200) * Double(prompt[.lastParagraphShare])
        return max(paragraph - options * expm1(Double(prompt[.optionLength])), 1)
    }
}
