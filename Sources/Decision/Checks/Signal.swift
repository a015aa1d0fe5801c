/// A number that a check measures of every answer it applies to, for the calibrated estimate; 0 where it says nothing.
package enum Signal: Int, CaseIterable, Sendable {
    /// Logarithm of the answer's length in units of 200 bytes: what is said beyond a line or two.
    case logLength
    case tools, lengthBesideTools, logLines, empty, cutOff, refusal, openFence, openBrackets, noFullStop, hasFence
    case notation, elisions, repeated
    case hedges, hedgedEnd, corrections, misfits, assumptions, formatKept, formatBroken, otherLanguage
    /// What the question demands, whatever the answer is; 0 for a usual one.
    case askLength, askNumbers
    case askCovered, numbersUnused
    case stepsRight, stepsNear, stepsWrong, anyStepWrong, equations
    case options, noOption, optionUnstated, severalAnswers, optionPlace, optionBareStyle, optionReasoned
    case numericOptions, lastStepDistance, chosenIsLastStep, otherIsLastStep, noOptionIsComputed, chosenIsMentioned
    case chosenIsExact, wordsShared, wordsLead, endingLead
    case answerBoxed, answerMember, answerStated, answerBare, answerImplied, answerNotFound, answerLength
    case answerSymbols, answerDecimal, answerQuoted, answerReasoned, answerInReasoning, answerRepeats, answerAtEnd
    case answerNumeric, answerIsLastStep, answerIsNotLastStep, implausible
    case meanLogProbability, leastLogProbability, tokenMargin
    case toolUnknown, argumentsUnreadable, argumentMissing, argumentNotTaken, argumentType, argumentChoice
    case callsAsText, callProse, callsLength, fenceBesideTools, callMissing, callMissed, callRefused
    /// How well the tool called fits what was asked; without a call, how little the best one does. 0 is in between.
    case callFit
    case otherToolFits, unsaidCall, callRepeated, callsMiscounted
    case notJSON, schemaBroken
    case answerMiscomputed, askedValueGiven, askedValueMissed, noAnswer
    case codeBroken, codeDoubtful, nameUndefined, returnMissing, functionMissing, signatureMissed
    case textsMadeUp, numbersMadeUp, optionalsMadeUp, formulas, placeholder, wholePercentage
    /// A computed step that is wrong in whole numbers.
    case stepRefuted
}

extension Signal {
    /// What is known before there is an answer, and so counts only where nothing else was expected of it.
    static let ofQuestions: [Signal] = [.askLength, .askNumbers]

    /// Which way a signal may count.
    package enum Direction: Sendable {
        case against, favour, neither
    }

    /// Whether the signal speaks for an answer or against it, in any kind of question.
    package var direction: Direction {
        switch self {
        case .chosenIsLastStep, .chosenIsMentioned, .chosenIsExact, .wordsShared, .wordsLead, .endingLead,
            .answerInReasoning, .answerRepeats, .answerAtEnd, .answerIsLastStep, .stepsRight, .meanLogProbability,
            .leastLogProbability, .tokenMargin, .callFit, .askedValueGiven, .askCovered, .answerQuoted, .optionPlace:
            .favour
        case .tools, .hasFence, .formatKept, .lengthBesideTools, .options, .optionBareStyle, .optionReasoned,
            .numericOptions, .answerBoxed,
            .answerMember, .answerStated, .answerBare, .answerImplied, .answerReasoned, .answerNumeric, .callsAsText,
            .callMissing:
            .neither
        default: .against
        }
    }
}

/// The signals of one answer.
package struct SignalVector: Hashable, Sendable {
    package private(set) var values = [Double](repeating: 0, count: Signal.allCases.count)

    package init() {}

    package subscript(_ signal: Signal) -> Double {
        get { values[signal.rawValue] }
        set { values[signal.rawValue] = newValue }
    }
}
