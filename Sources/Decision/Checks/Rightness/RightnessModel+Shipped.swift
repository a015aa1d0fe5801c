// Written by Tools/FitRightness, which says how.

extension RightnessModel {
    static let shippedIntercept = 1.1951

    static let shippedWeights: [Signal: Double] = [
        .logLength: -0.1570,
        .empty: -0.8458,
        .cutOff: -2.0000,
        .refusal: -0.1057,
        .openFence: -0.0316,
        .repeated: -0.1160,
        .corrections: -0.0710,
        .misfits: -0.1183,
        .formatBroken: -0.1764,
        .otherLanguage: -0.3655,
        .stepsRight: 0.0624,
        .anyStepWrong: -0.4012,
        .noOption: -0.6006,
        .optionUnstated: -0.2071,
        .severalAnswers: -0.0442,
        .lastStepDistance: -0.0665,
        .chosenIsLastStep: 0.0134,
        .otherIsLastStep: -0.2740,
        .noOptionIsComputed: -0.1307,
        .wordsShared: 0.0955,
        .answerLength: -0.1077,
        .answerInReasoning: 0.0266,
        .answerRepeats: 0.0014,
        .answerIsLastStep: 0.0929,
        .implausible: -0.0134,
        .meanLogProbability: 0.5000,
        .leastLogProbability: 0.2000,
    ]
}
