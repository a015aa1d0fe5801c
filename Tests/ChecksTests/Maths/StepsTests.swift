import Checks
import Testing

@Suite struct StepsTests {
    @Test(arguments: [
        "12 * 13 = 156", "12 × 13 = 156", "$2.50 * 4 = $10", "2 + 3 * 4 = 14", "(2 + 3) * 4 = 20", "1,200 / 4 = 300",
        "40% of 250 = 100", "15/60 = 25%", "15/60 * 100 = 25%", "2/3 = 0.667", "2/3 ≈ 0.67", "10 / 3 = 3.33",
        "3 apples + 4 apples = 7 apples", "150 m/s * 2 s = 300 m", "x = 5 + 3 = 8", "2^10 = 1024", "2³ = 8", "5! = 120",
        "\\frac{3}{4} \\times 8 = 6", "\\(12 \\times 12 = 144\\)", "3 x 4 = 12", "- 5 + 3 = 8", "1. 7 - 2 = 5",
        "10^-2 * 300 = 3", "1.5 × 10^2 = 150", "√16 + 1 = 5", "123456789 * 987654321 = 121932631112635269",
        "100000000000 * 100000000000 = 10000000000000000000000", "-3 * -4 = 12", "3(4) = 12", "**2** + **2** = **4**",
        "0.1 + 0.2 = 0.3", "2.5e3 / 5 = 500", "1e22 * 1 = 1e22", "3e-20 * 2 = 6e-20", "1.5e300 * 2 = 3e300",
        "12345678901234567890123 * 1 = 12345678901234567890123",
        "0.000000000000000000001 + 1 = 1.000000000000000000001",
        "4 \\cdot 5 = 20", "20 \\div 5 = 4", "\\sqrt{16} + 1 = 5", "\\left(2 + 3\\right) \\times 4 = 20",
        "25% of 40 is 10", "3 + 4 equals 7", "\\frac{3}{4} + \\frac{5}{6} = \\frac{19}{12}", "2/4 + 1/4 = 3/4",
        "1\\frac{1}{2} \\times 2 = 3",
        "2 \\times 1\\frac{1}{2} + 1 = 4", "\\frac{8 \\cdot 7}{2 \\cdot 1} = 28",
        "4 \\\\cdot 5 = 20", "\\\\frac{3}{4} \\\\times 8 = 6", "x = 2, 2 + 3 \\approx 5", "\\boxed{2} + \\text{3} = 5",
        "3 + 4 = 7\\nSo 1 + 1 = 2", "\\frac12 + \\frac12 = 1", "\\frac{1}2 \\times 4 = 2", "\\frac1{4} \\times 8 = 2",
        "80{,}000 \\times 150\\% = 120{,}000", "\\sqrt{50} + \\sqrt{18} = 8\\sqrt{2}", "√50 + √18 = 5√2 + 3√2 = 8√2",
        "3\\,500 + 1\\,500 = 5\\,000", "3'500 + 1'500 = 5'000", "1\u{A0}500 * 2 = 3\u{202F}000", "15/50 = 0.3 = 30%",
    ]) func `a step that holds passes`(step: String) {
        #expect(findings("So\n\(step).").verdict("maths.steps") == .passes, "\(step)")
    }

    @Test(arguments: [
        "12 * 13 = 157", "2 + 3 * 4 = 20", "40% of 250 = 125",
        "1,200 / 4 = 400", "2/3 = 0.75", "2^10 = 1000", "\\frac{3}{4} \\times 8 = 8",
        "123456789 * 987654321 = 121932631112635268",
        "100 - 37 = 73", "\\\\frac{3}{4} \\\\times 8 = 8", "25% of 40 is 12", "3 + 4 equals 8",
        "\\frac{3}{4} + \\frac{5}{6} = \\frac{18}{12}",
        "1\\frac{1}{2} \\times 2 = 4", "2/4 + 1/4 = 4/5", "\\frac12 + \\frac13 = \\frac25", "√50 + √18 = 4√2",
        "15/50 = 0.3 = 3%",
    ]) func `a step that does not hold fails`(step: String) {
        #expect(findings("So \(step).").verdict("maths.steps") == .fails, "\(step)")
    }

    @Test(arguments: [
        "2x + 3 = 7", "f(3) = 9", "x = 12", "y + 4 = 6", "1 hour = 60 minutes", "a == b", "n = 3, m = 4",
        "sin(30) = 0.5", "2 \\pi = 6",
        "48 / 2 = 24 + 48 = 72", "there are 3 and the second is 5", "the rest of 7 is 3", "step 2 is 5 + 3",
        "some 20-10% is 28%", "\\Big|_0^1 = \\frac{1}{2}", "\\frac{1}{20} = \\frac{1}{2d_o}",
        "2 (1 + 1) = \\frac{1}{2} \\log",
        "const x = 5;", "1 = ", "= 4", "2^2^2^2^2^2^2^2 = 1",
        "0,125 · 80 = 10", "7,5 × 2 = 15", "32 + 8 + 4 + 1 = 101101_2", "45_{10} = 101101_2", "2 * 3 = 6√x",
        "\\sqrt[3]{8} = 2",
        "2 * 3 = 6(x + 1)", "3 + 2 = 5 3/4", "1920 × 1080 = 2 073 600", "1920 × 1080 ≈ 2.1 million",
        "1920 * 1080 = 2.1 MP",
    ]) func `what is no computation is left alone`(text: String) {
        #expect(findings("So \(text)").verdict("maths.steps") != .fails, "\(text)")
    }

    @Test func `the reason says what comes out, and where`() throws {
        let found = try #require(findings("First 12 * 13 = 157.").evidence.first { $0.check == "maths.steps" })
        #expect(found.reason == "\"12 * 13 = 157\" does not hold: it comes to 156")
        #expect(found.span == 6..<19)
    }

    @Test(arguments: [(20_000, true), (40_000, false)])
    func `steps are worked out in the first 32 KiB`(_ before: Int, _ isFound: Bool) {
        let text = String(repeating: "a ", count: before / 2) + "\n12 * 13 = 157."
        #expect((findings(text).verdict("maths.steps") == .fails) == isFound)
    }

    @Test func `the last step is found however long the reasoning is`() {
        let reasoning = String(repeating: "So 2 + 2 = 4.\n", count: 5_000)
        #expect(findings(reasoning + "3 + 4 = 7. The answer is 7.").has(.answerIsLastStep))
        #expect(findings(reasoning + "3 + 4 = 7. The answer is 4.").has(.answerIsNotLastStep))
    }
}
