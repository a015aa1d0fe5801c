import Checks
import Testing

struct AskedValueTests {
    @Test(
        arguments: [
            ("What is 17 + 25?", "17 + 25 = 42. The answer is 42.", .passes), ("What is 17 + 25?", "42", .passes),
            ("What is 17 + 25?", "17 + 25 = 43. The answer is 43.", .fails), ("What is 17 + 25?", "It is 41", .fails),
            ("What is (3 + 4) * 2 - 7^2 / 7 = ?", "7", .passes), ("Calculate 3/4 + 1/8", "7/8", .passes),
            ("What's 1,000 * 3?", "3,000", .passes), ("What is 7 / 3?", "About 2.33", .passes),
            ("What is 7 / 3?", "2 1/3", nil), ("What is 7 / 3?", "3.5", .fails),
            ("Simplify $\\frac{3}{4}+\\frac{5}{6}$.", "It is $\\boxed{\\frac{19}{12}}$.", .passes),
            ("What is 1\\frac{1}{2} \\times 2?", "3", .passes),
            ("What is 12 - 5?", "$\\boxed{7}$", .passes), ("what is 2 to the power of 5 and 3?", "32", nil),
            ("What is 2 + 2?", "2 + 2 = 5", .fails), ("What is 2 + 2?", "2 + 2 = 3 + 1 = 4", .passes),
            (
                "Simplify \\sqrt{50} + \\sqrt{18}.",
                "It is 5√2 + 3√2 = 8√2, for the roots of two add up like other terms.", .passes
            ),
            // What else is asked is not understood.
            ("What is 2 + 2 in base 3?", "11", nil), ("How many apples are 3 + 4 apples?", "8", nil),
            ("What is 17 + 25? Answer with the digits reversed.", "24", nil), ("What is 17?", "18", nil),
            ("What is 17 + 25? And 3 + 4?", "42 and 7", nil), ("17 + 25", "I would rather not say.", nil),
        ] as [(String, String, Verdict?)])
    func `what a question comes to is worked out where nothing else is asked`(
        _ ask: String, _ text: String, _ verdict: Verdict?
    ) {
        let found = findings(text, to: ask)
        #expect(found.verdict("maths.asked") == verdict)
        let p = RightnessModel.shipped.probability(found)
        if verdict == .passes { #expect(p > 0.95) }
        if verdict == .fails { #expect(p < 0.05) }
    }

    @Test(arguments: ["I don't know.", "I'm sorry, I can't help with that.", "I do not know. I am only small."])
    func `not to know is no answer`(_ text: String) {
        #expect(RightnessModel.shipped.probability(findings(text)) <= 0.1)
        let longer = text + String(repeating: " But here is what can be said of it.", count: 20)
        #expect(!findings(longer).has(.noAnswer))
    }
}
