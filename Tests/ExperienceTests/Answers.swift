import Checks
import Dialogue
import Experience
import Features
import Prediction

/// A prompt of a task class, at a place of its own.
func prompt(_ number: Int, _ taskClass: TaskClass = .maths) -> PromptVector {
    var embedding = [Float](repeating: 0, count: 256)
    embedding[number % 5] = 0.8
    embedding[200] = 0.6
    return PromptVector(
        taskClass: taskClass, surface: SurfaceSignal.allCases.map { _ in Float(number % 7) }, embedding: embedding)
}

/// An answer that lies near one of the axes and shows these signals.
func sketch(
    near axis: Int, _ number: Int = 0, fit: Float = 0.5, found: [Signal: Double] = [:],
    bounds: ClosedRange<Double> = 0...1, point: UInt64? = nil
) -> AnswerSketch {
    var vector = [Float](repeating: 0, count: 256)
    vector[axis] = 0.9
    vector[100 + number % 50] = 0.4
    var signals = SignalVector()
    for (signal, value) in found { signals[signal] = value }
    return AnswerSketch(
        signals: signals, bounds: bounds, direction: AnswerDirection(vector), fit: fit, point: point)
}

/// An answer of which somebody told how right it was.
struct Told {
    var score: Double
    var weight = 1.0
    var group: UInt64
    var prompt: PromptVector
    var sketch: AnswerSketch
}

/// Answers of one model: right ones lie near axis 0, wrong ones near axis 1, and those hedge.
func told(_ count: Int) -> [Told] {
    (0..<count).map { number in
        let isRight = number % 3 != 0
        return Told(
            score: isRight ? 1 : 0, group: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, prompt: prompt(number),
            sketch: sketch(near: isRight ? 0 : 1, number, fit: isRight ? 0.5 : 0.2, found: [.hedges: isRight ? 0 : 1]))
    }
}

/// A predictor that learned of the same answers.
func predictor(_ answers: [Told]) throws -> SuccessPredictor {
    try SuccessTrainer.train(
        answers.map { Observation(group: $0.group, prompt: $0.prompt, scores: [$0.score]) }, models: ["m"])
}

/// What answers of a model teach.
func knowledge(_ answers: [Told], by predictor: SuccessPredictor? = nil) throws -> AnswerKnowledge? {
    let predictor = try predictor ?? ExperienceTests.predictor(told(120))
    let judged = answers.map { answer in
        JudgedAnswer(
            model: "m", score: answer.score, weight: answer.weight, group: answer.group, prompt: answer.prompt,
            prior: 0.6, sketch: answer.sketch, by: predictor)
    }
    return try AnswerLearner.learn(judged, predictor: predictor)
}
