import Checks
import Testing

@Suite struct FinalAnswerTests {
    private static let question = "What is 2/3 of 90?\nOptions:\nA. 45\nB. 60\nC. 61\nD. 30"

    @Test(arguments: [
        ("2/3 of 90 is 60. The answer is (B).", Signal.answerStated), ("Thus \\boxed{60}.", .answerBoxed),
        ("{\"reasoning\": \"2/3 * 90 = 60\", \"answer\": \"60\"}", .answerMember), ("60", .answerBare),
        ("Two thirds of ninety make\nexactly 60 of them, which can be seen at once.", .answerImplied),
        ("Nobody can say what two thirds of anything are, at least not in this short and busy life.", .answerNotFound),
    ]) func `a final answer is found however it is said`(text: String, form: Signal) {
        #expect(findings(text).has(form))
    }

    @Test func `the option chosen has the value computed last`() {
        let found = findings("We have 2/3 * 90 = 60. The answer is (B).", to: Self.question)
        #expect(found.has(.chosenIsLastStep))
        #expect(found.verdict("maths.option") == .passes)
    }

    @Test(arguments: [
        ("We have 2/3 * 90 = 60. The answer is (C).", Signal.otherIsLastStep),
        ("We have 2/3 * 90 = 70. The answer is (C).", .noOptionIsComputed),
        ("We have 2/3 * 90 = 60. The answer is (B) and (D).", .severalAnswers),
        ("We have 2/3 * 90 = 60. The answer is (K).", .noOption),
        ("I would rather speak of something else now.", .noOption),
        ("It must be B, I should say, for what else would it be in this case", .optionUnstated),
    ]) func `an option that does not agree fails`(text: String, signal: Signal) {
        let found = findings(text, to: Self.question)
        #expect(found.has(signal), "\(text): \(found.evidence)")
        #expect(found.verdict("maths.option") != .passes || signal == .severalAnswers)
    }

    @Test(arguments: [
        "Which?\nA) red\nB) blue", "Which?\n(A) red\n(B) blue", "Which?\nA. red\nB. blue",
        "Choose one:\n1. red\n2. blue",
        "Which?\nA) x\nB) y\nAnswer:\nA\n\nWhich?\nA) red\nB) blue\nAnswer:",
    ]) func `options are found`(prompt: String) {
        #expect(findings("B", to: prompt).has(.options))
        #expect(!findings("blue", to: prompt).has(.noOption))
    }

    @Test func `a list of steps is no choice`() {
        #expect(!findings("Done.", to: "Do this:\n1. read\n2. write").has(.options))
    }

    @Test func `the final answer is compared with the last step and the reasoning`() {
        #expect(findings("3 + 4 = 7. The answer is 7.").has(.answerIsLastStep))
        #expect(findings("3 + 4 = 7. The answer is 8.").has(.answerIsNotLastStep))
        #expect(findings("We have $3 \\cdot 4 = \\boxed{12}$.").has(.answerIsLastStep))
        #expect(findings("We have $3 \\cdot 4 = \\boxed{13}$.").has(.answerMiscomputed))
        #expect(
            findings("So $\\frac{3}{4} + \\frac{5}{6} = \\frac{19}{12}$. It is $\\boxed{\\frac{19}{12}}$.").has(
                .answerIsLastStep))
        #expect(
            findings("So $\\frac{3}{4} + \\frac{5}{6} = \\frac{19}{12}$. It is $\\boxed{\\frac{3}{2}}$.").has(
                .answerIsNotLastStep))
        // The last number of running text is the last step's own.
        #expect(
            findings("Two and three.\n2 + 3 = 5 apples are in the basket at the end of this long day.").has(
                .answerIsLastStep))
        #expect(
            findings("Two and three.\n2 + 3 = 6 apples are in the basket at the end of this long day.").has(
                .answerMiscomputed))
        #expect(
            !findings("So 2 * 5 = 10, and with the rest of the day that makes 3 hours and 35 minutes.").has(
                .answerIsNotLastStep))
        #expect(!findings("We have 2^{10} = 1024 = 146 \\cdot 7 + 2, so it is \\boxed{2}.").has(.answerIsNotLastStep))
        let reasoning = "\"reasoning\": \"The list [1, 2] grows by 3, which makes [1, 2, 3] in the end.\""
        #expect(findings("{\(reasoning), \"answer\": \"[1,2,3]\"}").has(.answerAtEnd))
        #expect(!findings("{\(reasoning), \"answer\": \"[3,2,1]\"}").has(.answerInReasoning))
    }

    @Test(arguments: [
        ("The answer is 3.5", [Signal.answerDecimal]), ("The answer is 3.", []), ("The answer is v1.x", []),
        ("Thus \\boxed{\\frac{1}{2}}.", [.answerSymbols]), ("The answer is x^2", [.answerSymbols]),
        ("{\"answer\": \"[7, 8]\"}", [.answerQuoted]), ("{\"answer\": \"[8, 7]\"}", []), ("{\"answer\": \"7\"}", []),
    ]) func `a final answer is described`(text: String, marks: [Signal]) {
        let found = findings(text, to: "What does f([7, 8]) return?")
        let all: [Signal] = [.answerDecimal, .answerSymbols, .answerQuoted]
        #expect(all.filter(found.has) == marks, "\(text)")
    }

    @Test func `a short final answer speaks for itself, a long one against`() {
        #expect(findings("The answer is 12345678").signals[.answerLength] == 0)
        #expect(findings("The answer is 12").signals[.answerLength] < 0)
        #expect(findings("The answer is 12345678, or so").signals[.answerLength] > 0)
    }

    @Test(arguments: [
        ("How many children came?", "The answer is 3.5", true), ("How many children came?", "The answer is -3", true),
        ("How many children came?", "The answer is 3", false),
        ("How many hours did it take?", "The answer is 3.5", false),
        ("What is the probability of rain?", "The answer is -0.2", true),
        ("What is the probability of rain?", "The answer is 0.2", false),
        ("What is the probability of rain?", "The answer is 7/6", true),
        ("What is the probability of rain?", "The answer is 1/6 or 16.7%", false),
    ]) func `a number must be possible`(question: String, text: String, isFault: Bool) {
        #expect(findings(text, to: question).has(.implausible) == isFault)
    }
}
