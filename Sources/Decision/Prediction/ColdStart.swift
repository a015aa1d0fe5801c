internal import Features
internal import Glibc
internal import Routing

/// What can be said of success before any outcome: a judgement by task class, length and grade, not a measurement.
package enum ColdStart {
    /// The grade that a prompt asks for: that of its task class, and a third of a grade more for each e-fold of length beyond 250
    /// characters.
    package static func demand(_ prompt: PromptVector) -> Double {
        let length = Double(prompt[.logCharacters]) - log(250)
        return Double(GradeTable.standard[prompt.taskClass]) + 0.35 * length
    }

    /// The probability that a model of a grade from 1 to 5 succeeds: 0.73 where it is just what is asked for.
    package static func probability(grade: Int, demand: Double) -> Double {
        1 / (1 + exp(-(1 + 0.9 * (Double(grade) - demand))))
    }
}
