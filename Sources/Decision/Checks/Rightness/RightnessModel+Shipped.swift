// Written by Tools/FitRightness, which says how.

extension RightnessModel {
    static let shippedIntercept = 1.1848

    static let shippedWeights: [Signal: Double] = [
        .logLength: -0.1507,
        .empty: -0.9087,
        .refusal: -0.1579,
        .openFence: -0.0504,
        .openBrackets: -0.0092,
        .repeated: -0.1864,
        .hedges: -0.0101,
        .corrections: -0.0921,
        .misfits: -0.1517,
        .formatBroken: -0.1177,
        .otherLanguage: -0.3486,
        .stepsRight: 0.0603,
        .stepsWrong: -0.2260,
        .equations: -0.0095,
        .noOption: -0.6258,
        .optionUnstated: -0.2325,
        .severalAnswers: -0.0508,
        .lastStepDistance: -0.0798,
        .chosenIsLastStep: 0.0146,
        .otherIsLastStep: -0.3204,
        .noOptionIsComputed: -0.1513,
        .wordsShared: 0.1174,
        .answerLength: -0.1272,
        .answerInReasoning: 0.0309,
        .answerRepeats: 0.0004,
        .answerIsLastStep: 0.0844,
        .implausible: -0.0568,
    ]
}
