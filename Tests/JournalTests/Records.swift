import Dialogue
import Files
import Glibc
import Ledger
import Testing

extension ExchangeRecord {
    /// An exchange with a cheap failure and an answer.
    static func sample(_ number: Int) -> ExchangeRecord {
        ExchangeRecord(
            id: ExchangeID("x\(number)"), arrival: 1_700_000_000_000_000 + Int64(number), duration: 1200, overhead: 80,
            caller: .anonymous, route: number % 2 == 0 ? RouteName("auto") : nil, requested: "a \"quoted\"\nname é",
            taskClass: .maths, format: "openai", streamed: true, status: 200, deliveredModel: ModelName("small"),
            deliveredProvider: ProviderName("p"), baselineModel: ModelName("large"), baselineCost: Nanodollars(5000),
            attempts: [
                AttemptRecord(
                    number: 0, model: ModelName("tiny"), provider: ProviderName("p"), outcome: .failed, status: 500,
                    usage: TokenUsage(), cost: .zero, duration: 3, firstByte: nil),
                AttemptRecord(
                    number: 1, model: ModelName("small"), provider: ProviderName("p"), outcome: .completed,
                    status: 200,
                    usage: TokenUsage(
                        input: 1, cacheRead: 2, cacheWrite: 3, cacheWriteLong: 4, output: 5, reasoning: 6),
                    cost: Nanodollars(1000 + Int64(number)), duration: 900, firstByte: 400,
                    likeness: number % 2 == 0 ? .unclear : nil, sketch: number % 2 == 0 ? [0, 200, 9] : nil),
            ], prompt: number % 2 == 0 ? PromptSketch(features: [3, 2, 1], group: 42, predicted: 0.5) : nil)
    }
}

extension OutcomeRecord {
    static let sample = OutcomeRecord(
        id: "feedback/x1", time: 1_700_000_000_000_001, source: .feedback, model: ModelName("small"), score: 0.25,
        exchange: ExchangeID("x1"), taskClass: .maths,
        prompt: PromptSketch(
            features: [1, 0, 255, 7], group: 0xFEDC_BA98_7654_3210, propensity: 0.125, predicted: 0.75),
        answer: [1, 255, 0, 0])
}

extension PairRecord {
    static let sample = PairRecord(
        id: "shadow/x1", time: 1_700_000_000_000_002, exchange: ExchangeID("x1"), route: RouteName("auto"),
        group: 0xFEDC_BA98_7654_3210, certifies: true, propensity: 0.02, policy: "ab12", bound: 0.02,
        model: ModelName("small"), baseline: ModelName("large"), verdict: .gain, probability: 0.75,
        baselineProbability: 0.125, path: [.agree, .harm, .gain, .undecided],
        isOwn: [false, true, false, true])
}

extension ExchangeRecord {
    /// A request that was asked once more.
    static var shadow: ExchangeRecord {
        var exchange = sample(1)
        exchange.shadowed = ExchangeID("x0")
        return exchange
    }
}

extension AttemptIntent {
    static func sample(_ number: Int, attempt: Int = 0) -> AttemptIntent {
        AttemptIntent(
            exchange: ExchangeID("x\(number)"), time: 1_700_000_000_000_000 + Int64(number), caller: .anonymous,
            route: RouteName("auto"), requested: "auto", taskClass: .code, format: "anthropic", streamed: false,
            number: attempt, model: ModelName("small"), provider: ProviderName("p"),
            estimatedUsage: TokenUsage(input: 10, output: 20, isEstimated: true), estimatedCost: Nanodollars(77),
            baselineModel: ModelName("large"), baselineCost: Nanodollars(500))
    }
}

/// Gives `body` an empty folder, and removes the folder afterwards.
func withFolder<R>(_ body: (String) async throws -> R) async throws -> R {
    var template = Array("/tmp/farthing-test-XXXXXX".utf8CString)
    #expect(mkdtemp(&template) != nil)
    return try await withFolder(at: String(decoding: template.dropLast().map { UInt8($0) }, as: UTF8.self), body)
}

/// Gives `body` that folder, which it may create, and removes the folder afterwards.
func withFolder<R>(at path: String, _ body: (String) async throws -> R) async throws -> R {
    defer { removeAll(path) }
    return try await body(path)
}

private func removeAll(_ path: String) {
    for name in (try? Folder(path).names()) ?? [] { removeAll("\(path)/\(name)") }
    _ = remove(path)
}
