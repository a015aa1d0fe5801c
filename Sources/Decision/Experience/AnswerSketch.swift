package import Agreement
package import Checks
internal import Dialogue
internal import Digests
package import Features

/// What is kept of an answer to learn from: numbers from which its text cannot be told.
///
/// Its numbers are as exact as they are kept, so that an answer is judged by what is learned from it.
package struct AnswerSketch: Hashable, Sendable {
    /// What the checks measured.
    package let signals: SignalVector
    /// The least and the most that certain findings leave of the probability of being right.
    package let bounds: ClosedRange<Double>
    /// Where it lies in the similarity embedding; all zeros for an answer without words.
    package let direction: AnswerDirection
    /// The cosine of the ask's and the answer's places in that embedding.
    package let fit: Float
    /// Equal for answers to one prompt that come to the same point; nil where there is none that could be compared.
    package let point: UInt64?

    package init(
        signals: SignalVector, bounds: ClosedRange<Double>, direction: AnswerDirection, fit: Float, point: UInt64?
    ) {
        self.signals = signals.kept
        self.bounds = (bounds.lowerBound * 65_535).rounded() / 65_535...(bounds.upperBound * 65_535).rounded() / 65_535
        self.direction = direction
        self.fit = (fit * 32_767).rounded() / 32_767
        self.point = point
    }

    /// The most of an ask's end, and of an answer's beginning and end, that is embedded, in bytes.
    private static let (ask, head, tail) = (1200, 300, 900)

    /// Sketches an answer that comes to a point, in which checks found this.
    ///
    /// `askTokens` are the WordPiece ids of what was asked, where they are known.
    package init(
        of answer: Answer, _ findings: Findings, saying canonical: CanonicalAnswer, askTokens: [Int32]? = nil,
        with extractor: FeatureExtractor
    ) {
        let text = answer.toolCalls.reduce(into: Array(answer.text.utf8)) { text, call in
            text += Array("\n\(call.name) \(call.arguments)".utf8)
        }
        let isLong = text.count > Self.head + Self.tail
        let shown = isLong ? text.prefix(Self.head) + [10] + text.suffix(Self.tail) : text[...]
        let vector: [Float]
        if case .prose(let prose) = canonical, !isLong, answer.toolCalls.isEmpty, !prose.vector.isEmpty {
            vector = prose.vector
        } else {
            vector = extractor.similarityVector(of: String(decoding: shown, as: UTF8.self))
        }
        let asked = Self.asked(answer.ask, tokens: askTokens, with: extractor)
        self.init(
            signals: findings.signals, bounds: RightnessModel.bounds(findings), direction: AnswerDirection(vector),
            fit: zip(vector, asked).reduce(0) { $0 + $1.0 * $1.1 },
            point: canonical.point)
    }

    private static func asked(_ ask: String, tokens: [Int32]?, with extractor: FeatureExtractor) -> [Float] {
        if let tokens, ask.utf8.count <= Self.ask { return extractor.similarityVector(of: tokens) }
        return extractor.similarityVector(of: String(decoding: Array(ask.utf8).suffix(Self.ask), as: UTF8.self))
    }
}

/// The direction of a vector in whole numbers from -127 to 127.
package struct AnswerDirection: Hashable, Sendable {
    package static let width = 256

    package let steps: [Int8]
    /// One by the length of ``steps``; 0 for zeros.
    private let scale: Float

    package init(_ vector: [Float]) {
        let most = vector.reduce(0) { max($0, $1.magnitude) }
        self.init(steps: vector.map { most > 0 ? Int8(($0 / most * 127).rounded()) : 0 })
    }

    package init(steps: [Int8]) {
        self.steps = steps
        let square = steps.reduce(Int32(0)) { $0 + Int32($1) * Int32($1) }
        scale = square > 0 ? 1 / Float(square).squareRoot() : 0
    }

    package func cosine(_ other: AnswerDirection) -> Float {
        let (own, others) = (steps.span, other.steps.span)
        precondition(own.count == others.count, "directions are of one width")
        var sum: Int32 = 0
        for place in own.indices { sum &+= Int32(own[place]) &* Int32(others[place]) }
        return Float(sum) * scale * other.scale
    }

    /// How far a vector reaches along it: the cosine of their angle where the vector has the length 1.
    package func reach(of vector: [Float]) -> Float {
        var sum: Float = 0
        for place in steps.indices { sum += Float(steps[place]) * vector[place] }
        return sum * scale
    }

    /// Whether it is of an answer without words.
    var isNone: Bool { scale == 0 }

    /// As a vector of length 1, or zeros.
    package var unit: [Float] { steps.map { Float($0) * scale } }
}

extension CanonicalAnswer {
    /// The first bytes of the digest of what an answer says; nil for running text and where it says nothing.
    package var point: UInt64? {
        let form: [UInt8]
        switch self {
        case .calls(let bytes): form = [1] + bytes
        case .option(let place): form = [2] + Array("\(place)".utf8)
        case .number(let number): form = [3] + Array("\(number)".utf8)
        case .value(let bytes): form = [4] + bytes
        case .code(let bytes): form = [5] + bytes
        case .prose, .nothing: return nil
        }
        return SHA256Digest(of: form).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
