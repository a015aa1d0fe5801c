internal import Arguments
internal import Cascade
internal import Experience
internal import Features
internal import Files
internal import Prediction
internal import TaskClasses

/// What a predictor's file holds, as commands and gateways go by it.
struct LearnedContents {
    let predictor: SuccessPredictor
    /// What was learned of asking several models; nil where nothing was.
    let cascade: TrainedCascade?
    /// What was learned of answers; nil where nothing was.
    let answers: AnswerKnowledge?

    /// - Throws: why the bytes are no predictor's file of this version, learned from what this program reads of prompts and answers.
    init(file: [UInt8]) throws(PredictorFileError) {
        let read = try PredictorFile.contents(of: file)
        predictor = read.predictor
        cascade = if let bytes = read.cascade { try TrainedCascade(encoded: bytes) } else { nil }
        answers = if let bytes = read.answers { try AnswerKnowledge(encoded: bytes, predictor: predictor) } else { nil }
        let surface = SurfaceSignal.allCases.count
        guard predictor.reads(surface: surface, values: TaskClassifier.denseFeatures),
            cascade?.reads(surface: surface) ?? true
        else { throw .otherSignals }
    }

    /// What was learned of answers says of one; nil where nothing was.
    func opinion(of sketch: AnswerSketch, to prompt: PromptVector, model: String?) -> AnswerKnowledge.Opinion? {
        let place = predictor.models.firstIndex { $0.name == model }
        return answers?.opinion(
            of: sketch, to: prompt, model: model.map { [$0] } ?? [],
            prior: place.map { predictor.probabilities(prompt)[$0] })
    }
}

extension Invocation {
    /// What is in the predictor's file that an option names; nil without it.
    func predictorContents(_ option: Option) throws(CommandFailure) -> LearnedContents? {
        guard let path = self[option] else { return nil }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try WholeFile.read(path)
        } catch {
            throw .failed("\(error); --predictor names a file that 'farthing train' wrote")
        }
        do throws(PredictorFileError) {
            return try LearnedContents(file: bytes)
        } catch {
            throw .failed("\(path) \(error)")
        }
    }

    /// The predictor in the file that an option names; nil without it.
    func predictor(_ option: Option) throws(CommandFailure) -> SuccessPredictor? {
        try predictorContents(option)?.predictor
    }
}

extension Option {
    static let predictor = Option.value("predictor", "FILE", "What farthing train wrote.")
}
