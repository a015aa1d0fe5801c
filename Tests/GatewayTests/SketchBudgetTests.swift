import Gateway
import Testing

struct SketchBudgetTests {
    @Test func `a second has so many, and the next one as many again`() {
        var budget = SketchBudget()
        #expect((0..<1000).count { budget.take(at: 5_000_000 + Int64($0)) } == 250)
        #expect((0..<1000).count { budget.take(at: 6_000_000 + Int64($0)) } == 250)
    }
}
