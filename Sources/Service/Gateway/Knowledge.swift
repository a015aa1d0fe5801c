package import Cascade
package import Certification
internal import Digests
package import Experience
package import Prediction

/// What is known of models' success: a predictor, and the certificate that came with it.
package struct Knowledge: Sendable {
    package let predictor: SuccessPredictor
    /// SHA-256 of the predictor's file, in hexadecimal.
    package let digest: String
    package let certificate: Certificate?
    /// What was learned of asking several models; nil where nothing was.
    package let cascade: TrainedCascade?
    /// What was learned of answers; nil where none were judged.
    package let answers: AnswerKnowledge?
    /// The outcomes that it was learned from; nil for a predictor that came from a file.
    package let memory: FailureMemory?

    package init(
        predictor: SuccessPredictor, file: [UInt8], certificate: Certificate?, cascade: TrainedCascade? = nil,
        answers: AnswerKnowledge? = nil, memory: FailureMemory? = nil
    ) {
        self.cascade = cascade
        self.answers = answers
        self.memory = memory
        self.predictor = predictor
        digest = SHA256Digest(of: file).description
        self.certificate = certificate
    }
}
