import Dialogue
import Routing
import Testing

struct UsageTests {
    private let model = ModelName("m")
    private let other = ModelName("n")

    @Test func `what is typical of a class counts as ten answers`() {
        var habits = OutputHabits()
        #expect(habits.tokens(of: model, in: .code, typical: 500) == 500)
        for _ in 0..<10 { habits.note(100, of: model, in: .code) }
        #expect(habits.tokens(of: model, in: .code, typical: 500) == 300)
        #expect(habits.tokens(of: model, in: .maths, typical: 400) == 400)
        #expect(habits.tokens(of: other, in: .code, typical: 500) == 500)
    }

    @Test func `many answers at once count as one by one, and the last ones most`() {
        var (one, many) = (OutputHabits(), OutputHabits())
        for _ in 0..<50 { one.note(80, of: model, in: .code) }
        many.note(80, of: model, in: .code, count: 50)
        #expect(one.tokens(of: model, in: .code, typical: 20) == many.tokens(of: model, in: .code, typical: 20))
        many.note(80, of: model, in: .code, count: 1_000_000)
        for _ in 0..<600 { many.note(1000, of: model, in: .code) }
        #expect(many.tokens(of: model, in: .code, typical: 20) > 880)
    }

    private let usage = TokenUsage(input: 2000)
    private let first = PromptCaches.Turn(whole: 1, earlier: nil)
    private let second = PromptCaches.Turn(whole: 2, earlier: 1)
    private let third = PromptCaches.Turn(whole: 3, earlier: 2)

    /// Two turns of a conversation, of which the second read 1,800 of 2,000 tokens from the cache.
    private func afterTwoTurns() -> PromptCaches {
        var caches = PromptCaches()
        caches.note(usage, of: first, model: model, at: 0)
        caches.note(TokenUsage(input: 700, cacheRead: 1800), of: second, model: model, at: 60_000_000)
        return caches
    }

    @Test func `a cache is expected once it was seen, of the model that was asked before, for five minutes`() {
        var caches = PromptCaches()
        caches.note(usage, of: first, model: model, at: 0)
        #expect(caches.cached(second, of: model, at: 1) == 0)
        caches = afterTwoTurns()
        #expect(caches.cached(third, of: model, at: 61_000_000) == 2250)
        #expect(caches.cached(third, of: other, at: 61_000_000) == 0)
        #expect(caches.cached(third, of: model, at: 361_000_000) == 0)
        #expect(caches.cached(first, of: model, at: 61_000_000) == 0)
        #expect(caches.cached(.init(whole: 9, earlier: 8), of: model, at: 61_000_000) == 0)
    }

    @Test func `a provider that does not cache is not expected to`() {
        var caches = PromptCaches()
        caches.note(usage, of: first, model: model, at: 0)
        caches.note(TokenUsage(input: 2500), of: second, model: model, at: 1)
        #expect(caches.cached(third, of: model, at: 2) == 0)
    }

    @Test func `short inputs are not cached, and conversations long past are forgotten`() {
        var caches = PromptCaches(limit: 10)
        caches.note(TokenUsage(input: 900), of: first, model: model, at: 0)
        caches.note(TokenUsage(cacheRead: 2000), of: second, model: model, at: 1)
        #expect(caches.cached(third, of: model, at: 2) == 0)
        caches = afterTwoTurns()
        for turn in 100..<6100 {
            caches.note(usage, of: .init(whole: turn, earlier: nil), model: other, at: 60_000_001)
        }
        #expect(caches.cached(third, of: model, at: 60_000_002) == 2250)
        for turn in 100..<9100 {
            caches.note(usage, of: .init(whole: turn, earlier: nil), model: other, at: 60_000_001)
        }
        #expect(caches.cached(third, of: model, at: 60_000_002) == 0)
    }
}
