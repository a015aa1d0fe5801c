/// A number that a check measures of every answer it applies to, for the calibrated estimate; 0 where it says nothing.
package enum Signal: Int, CaseIterable, Sendable {
    /// Logarithm of one more than the answer's length in characters.
    case logLength
    case lengthBesideTools, logLines, empty, cutOff, refusal, openFence, openBrackets, noFullStop, hasFence, repeated
    case hedges, corrections, misfits, assumptions, formatKept, formatBroken, otherLanguage
    case stepsRight, stepsNear, stepsWrong, anyStepWrong, equations
    case options, noOption, optionUnstated, severalAnswers, optionPlace, optionBareStyle, optionReasoned
    case numericOptions, lastStepDistance, chosenIsLastStep, otherIsLastStep, noOptionIsComputed, chosenIsMentioned
    case chosenIsExact, wordsShared, wordsLead, endingLead
    case answerBoxed, answerMember, answerStated, answerBare, answerImplied, answerNotFound, answerLength
    case answerReasoned, answerInReasoning, answerRepeats, answerAtEnd
    case answerNumeric, answerIsLastStep, answerIsNotLastStep, implausible
    case meanLogProbability, leastLogProbability, tokenMargin
    case toolUnknown, argumentsUnreadable, argumentMissing, argumentNotTaken, argumentType, argumentChoice
    case callsAsText, callProse, callMissing, callMissingFit, callRefused, calledFit, otherToolFits, unsaidCall
    case callRepeated, oneCallOfSeveral, severalCallsOfOne
    case notJSON, schemaBroken
    case answerMiscomputed, askedValueGiven, askedValueMissed, noAnswer
    case codeBroken, codeDoubtful, nameUndefined, returnMissing, functionMissing, signatureMissed
    case textsMadeUp, numbersMadeUp, optionalsMadeUp, formulas, placeholder, wholePercentage
}

extension Signal {
    /// Which way a signal may count.
    package enum Direction: Sendable {
        case against, favour, neither
    }

    /// Whether the signal speaks for an answer or against it, in any kind of question.
    package var direction: Direction {
        switch self {
        case .chosenIsLastStep, .chosenIsMentioned, .chosenIsExact, .wordsShared, .wordsLead, .endingLead,
            .answerInReasoning, .answerRepeats, .answerAtEnd, .answerIsLastStep, .stepsRight, .meanLogProbability,
            .leastLogProbability, .tokenMargin, .calledFit, .askedValueGiven:
            .favour
        case .hasFence, .formatKept, .lengthBesideTools, .options, .optionPlace, .optionBareStyle, .optionReasoned,
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
