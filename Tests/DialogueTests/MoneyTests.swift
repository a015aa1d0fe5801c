import Dialogue
import Testing

struct MoneyTests {
    @Test(
        arguments: [
            (0, 0), (1, 0), (499, 0), (500, 1), (999, 1), (1499, 1), (1500, 2), (5500, 6), (-499, 0), (-500, 0),
            (-501, -1),
            (-1500, -1), (-1501, -2), (9_223_372_036_854_774_807, 9_223_372_036_854_775),
        ] as [(Int64, Int64)])
    func `picodollars are rounded half-up`(picodollars: Int64, nanodollars: Int64) {
        #expect(Nanodollars(rounding: picodollars) == Nanodollars(nanodollars))
    }

    @Test(
        arguments: [
            (0, "0.000000000"), (12_345, "0.000012345"), (1_500_000_000, "1.500000000"),
            (-1_500_000_000, "-1.500000000"),
            (-1, "-0.000000001"), (Int64.max, "9223372036.854775807"), (Int64.min, "-9223372036.854775808"),
        ] as [(Int64, String)])
    func `an amount prints as dollars with nine decimals`(count: Int64, text: String) {
        #expect(Nanodollars(count).description == text)
    }

    @Test func `a million rounded attempts add up exactly`() {
        let attempt = Nanodollars(rounding: 5_500)
        let total = (0..<1_000_000).reduce(into: Nanodollars.zero) { sum, _ in sum += attempt }
        #expect(total == Nanodollars(6_000_000))
        #expect(total - attempt + attempt == total)
    }

    @Test func `total input has every class and no output`() {
        let usage = TokenUsage(input: 1, cacheRead: 2, cacheWrite: 4, cacheWriteLong: 8, output: 16, reasoning: 3)
        #expect(usage.totalInput == 15)
    }
}
