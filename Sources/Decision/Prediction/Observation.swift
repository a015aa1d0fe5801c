package import Dialogue
internal import Digests
internal import Embedding
package import Features

/// A prompt as the predictor sees it: numbers, no text.
package struct PromptVector: Sendable {
    package var taskClass: TaskClass
    /// The surface signals.
    package var surface: [Float]
    /// The place in the classification embedding.
    package var embedding: [Float]

    package init(taskClass: TaskClass, surface: [Float], embedding: [Float]) {
        self.taskClass = taskClass
        self.surface = surface
        self.embedding = embedding
    }

    package init(_ features: PromptFeatures, taskClass: TaskClass) {
        self.init(taskClass: taskClass, surface: features.surface, embedding: features.embedding)
    }

    package subscript(_ signal: SurfaceSignal) -> Float { surface[signal.rawValue] }

    /// What standardisation reads: surface, then embedding.
    var values: [Float] { surface + embedding }
}

/// A prompt with the scores that models reached on it.
package struct Observation: Sendable {
    /// Equal for prompts that ask the same: they are never split between learning and judging.
    package var group: UInt64
    package var prompt: PromptVector
    /// For each model of the set from 0 to 1; nil where it was not asked.
    package var scores: [Double?]
    /// How much each score counts; empty where all count 1.
    package var weights: [Double]

    package init(group: UInt64, prompt: PromptVector, scores: [Double?], weights: [Double] = []) {
        self.group = group
        self.prompt = prompt
        self.scores = scores
        self.weights = weights
    }

    func weight(of model: Int) -> Double { weights.isEmpty ? 1 : weights[model] }
}

/// The group of a prompt: a hash of its letters and digits, so that spelling and layout do not part equal questions.
package enum PromptGroup {
    package static func of(_ question: String) -> UInt64 {
        if let plain = PlainLetters.of(question.utf8.span) { return hash(plain) }
        let letters = question.lowercased().unicodeScalars.filter {
            $0.properties.isAlphabetic || (48...57).contains($0.value)
        }
        return hash(Array(String(String.UnicodeScalarView(letters)).utf8))
    }

    private static func hash(_ letters: [UInt8]) -> UInt64 {
        let digest = SHA256Digest(of: letters)
        return digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Whether pairs of answers to such prompts go to certificates instead of being learned from: for ever the same for equal
    /// prompts, and the half that `farthing certify` looks at.
    package static func certifies(_ group: UInt64) -> Bool { fold(group, of: 2, seed: 1) == 1 }

    /// Which of `folds` parts a group belongs to under a seed.
    package static func fold(_ group: UInt64, of folds: Int, seed: UInt64) -> Int {
        var mixed = group ^ (seed &* 0x9E37_79B9_7F4A_7C15)
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(folds))
    }
}
