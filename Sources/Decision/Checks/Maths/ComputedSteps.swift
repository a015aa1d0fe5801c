/// A claim `a op b = c` of an answer, worked out again.
struct ComputedStep {
    enum Judgement {
        case right
        /// Within one per cent, or with units that may convert.
        case near
        case wrong
        /// Wrong in whole numbers without units, where nothing can have been rounded or converted.
        case refuted
        /// One side is no number: `v = 12`.
        case unchecked

        var isWrong: Bool { self == .wrong || self == .refuted }
    }

    let judgement: Judgement
    /// What the answer says comes out.
    let result: WrittenNumber
    /// What does come out, where it was worked out.
    let computed: Double?
    /// From the equation's beginning to its end.
    let range: Range<Int>
}

extension ComputedStep {
    /// The most tokens of an expression before a relation.
    private static let reach = 48

    private static let mostSteps = 2_000

    /// The equations whose right side begins with a number, in order.
    static func all(in text: MathsText) -> [ComputedStep] {
        Array(text.tokens.indices.lazy.compactMap { step(at: $0, in: text) }.prefix(mostSteps))
    }

    /// The last of them.
    static func last(in text: MathsText) -> ComputedStep? {
        text.tokens.indices.reversed().lazy.compactMap { step(at: $0, in: text) }.first
    }

    /// The equation whose relation stands at a place.
    private static func step(at place: Int, in text: MathsText) -> ComputedStep? {
        let tokens = text.tokens
        guard tokens[place].isRelation else { return nil }
        var reader = ExpressionReader(text, from: place + 1, to: min(place + 1 + reach, tokens.count))
        guard let right = reader.read(), let written = right.written ?? fraction(right) ?? surd(right),
            !goesOn(at: reader.place, in: tokens)
        else { return nil }
        let left = left(of: place, in: text)
        let start = left?.start ?? place
        let nearly = tokens[place].kind == .nearlyEquals
        let judged =
            left.map { left in
                judge(
                    left.value, right, written, nearly: nearly, closesChain: start > 0 && tokens[start - 1].isRelation)
            } ?? .unchecked
        return ComputedStep(
            judgement: judged, result: written,
            computed: judged == .unchecked ? nil : left?.value.magnitude.approximate,
            range: tokens[start].range.lowerBound..<tokens[max(reader.place - 1, place)].range.upperBound)
    }

    /// A fraction as a number of which every digit counts; nil for another expression.
    private static func fraction(_ value: ExpressionValue) -> WrittenNumber? {
        guard value.isFraction, !value.hasUnits else { return nil }
        return WrittenNumber(value: value.magnitude, unit: 0, hasFraction: true)
    }

    /// An expression with roots as a number of which every digit counts; nil for another.
    private static func surd(_ value: ExpressionValue) -> WrittenNumber? {
        guard value.hasRoot, !value.hasUnits else { return nil }
        return WrittenNumber(value: value.magnitude, unit: 0, hasFraction: true)
    }

    /// Whether what stands at a place belongs to the number before it: `5 3/4`, `2 073 600`, `6\sqrt{x}`, `5(x + 1)`.
    private static func goesOn(at place: Int, in tokens: [MathsToken]) -> Bool {
        guard place > 0, place < tokens.count else { return false }
        switch tokens[place].kind {
        case .number, .root, .fraction: return true
        case .open, .power: return tokens[place].range.lowerBound == tokens[place - 1].range.upperBound
        default: return false
        }
    }

    /// The longest expression that ends at a relation.
    private static func left(of relation: Int, in text: MathsText) -> (value: ExpressionValue, start: Int)? {
        let tokens = text.tokens
        var start = relation
        var depth = 0
        var words = 0
        scan: while start > 0, relation - start < reach {
            switch tokens[start - 1].kind {
            case .number: words = 0
            case .word:
                words += 1
                if words > 3 { break scan }
            case .close: depth += 1
            case .open, .fraction:
                depth -= 1
                if depth < 0 { break scan }
            case .equals, .nearlyEquals, .boundary: break scan
            case .plus, .minus, .times, .divided, .power, .root, .factorial: words = 0
            }
            start -= 1
        }
        // Words before the first number belong to the sentence.
        while start < relation, tokens[start].kind == .word { start += 1 }
        // So do words within: begin after the last that no number stands before.
        var candidate = start
        var tries = 0
        while candidate < relation, tries < 8 {
            tries += 1
            var reader = ExpressionReader(text, from: candidate, to: relation)
            if let value = reader.read(), reader.place == relation {
                return stands(alone: candidate, in: tokens) ? (value, candidate) : nil
            }
            // Not one expression up to the relation: try after the next word.
            var next = candidate + 1
            while next < relation {
                if tokens[next - 1].kind == .word, tokens[next].kind != .word { break }
                next += 1
            }
            candidate = next
        }
        return nil
    }

    /// Whether nothing before an expression makes it part of another: `f(2)`, `x + 3`.
    private static func stands(alone start: Int, in tokens: [MathsToken]) -> Bool {
        guard start > 0 else { return true }
        let before = tokens[start - 1]
        switch before.kind {
        case .plus, .minus, .times, .divided, .power, .root, .open, .fraction: return false
        case .word:
            // Single letters are variables and functions, and so is what stands directly before.
            return before.range.count > 1 && before.range.upperBound < tokens[start].range.lowerBound
        default: return true
        }
    }
}
