import Checks
import Dialogue
import Glibc
import Testing

@Suite struct CompletenessTests {
    @Test func `an answer cut off, empty or withheld fails`() {
        #expect(findings("It is", finish: .length).has(.cutOff))
        #expect(findings(" \n").verdict("completeness.ending") == .fails)
        #expect(findings("", finish: .stop).has(.empty))
        #expect(findings("No", finish: .contentFilter).verdict("completeness.ending") == .fails)
        #expect(findings("```python\nprint(1)").has(.openFence))
        #expect(findings("call(f(1, [2").has(.openBrackets))
        #expect(findings(String(repeating: "Words and words. ", count: 10) + "And then came").has(.noFullStop))
        #expect(findings("It is 4.").verdict("completeness.ending") == nil)
    }

    @Test func `length counts beyond a line or two, marks one by one`() {
        #expect(findings(String(repeating: "a", count: 200)).signals[.logLength] == log1p(1))
        let found = findings("First... then \\(x\\), .... and so on..")
        #expect(found.signals[.elisions] == log1p(2))
        #expect(found.signals[.notation] == log1p(2))
    }

    @Test func `doubts count at the end`() {
        let end = String(repeating: "It is so. ", count: 40)
        #expect(findings("It may be so, but it could seem otherwise.").signals[.hedgedEnd] == log1p(4))
        #expect(findings("It may be so, but it could seem otherwise. " + end).signals[.hedgedEnd] == 0)
    }

    @Test func `a sentence that breaks off is no end`() {
        #expect(findings("Photosynthesis is how plants make sugar from light, water and").has(.cutOff))
        #expect(!findings("Photosynthesis is how plants make sugar from light and water").has(.cutOff))
        #expect(!findings("It is the vitamin that carrots and spinach are full of: vitamin A").has(.cutOff))
    }

    @Test func `repetition is measured`() {
        #expect(findings(String(repeating: "Dogs are loyal. ", count: 8)).verdict("completeness.repetition") == .fails)
        let line = "The quick brown fox jumps over the lazy dog again and again. "
        #expect(findings(String(repeating: line, count: 20)).verdict("completeness.repetition") == .fails)
        #expect(!findings((0..<200).map { "word\($0)" }.joined(separator: " ")).has(.repeated))
    }

    @Test(arguments: [
        ("I'm sorry, but I can't help with that.", Signal.refusal), ("I’m sorry, but no.", .refusal),
        ("It is probably Paris.", .hedges), ("Wait, let me recalculate that.", .corrections),
        ("The closest option is B.", .misfits), ("Assuming no friction, 3.", .assumptions),
        ("I can’t say.", .refusal), ("It doesn’t match.", .misfits), ("Let’s re-think", .corrections),
        ("wait", .corrections),
    ]) func `tone is heard`(text: String, signal: Signal) {
        #expect(findings(text).has(signal))
    }

    @Test func `phrases are counted, each place once`() {
        #expect(findings("Most likely, perhaps; most likely. MAYBE").signals[.hedges] == log1p(4))
        #expect(findings("Recalculating: let me recalculate. Re-evaluated.").signals[.corrections] == log1p(3))
    }

    @Test(arguments: [(380, true), (392, true), (393, false)])
    func `a refusal stands in the first 400 bytes`(_ before: Int, _ isHeard: Bool) {
        let text = String(repeating: ".", count: before) + "I cannot."
        #expect(findings(text).has(.refusal) == isHeard)
    }

    @Test(arguments: ["The waiter came.", "Candid cameras.", "Mightily done."]) func `words within words are not`(
        text: String
    ) {
        let found = findings(text)
        #expect(!found.has(.corrections) && !found.has(.hedges) && !found.has(.refusal))
    }

    @Test(arguments: [
        ("Is it so? Answer yes or no.", "Certainly.", true), ("Is it so? Answer yes or no.", "Yes.", false),
        ("True or false?", "False", false), ("Answer in one word.", "It is a very long story.", true),
        ("Reply with JSON only.", "Here you are: {}", true), ("Reply with JSON only.", "{}", false),
        ("Reply in JSON format.", "Four", true), ("Give only the number.", "four", true),
        ("Explain in no more than 5 words.", "This has more words than were asked for.", true),
        ("Explain in no more than 50 words.", "This is short.", false),
        ("Write more than 5 words.", "This has more words than were asked for.", false),
        ("Explain in two sentences or fewer.", "One. Two. Three.", true),
        ("Use at most 2 sentences.", "One. Two.", false),
        ("List 3 examples of fruit.", "- apple\n- pear", true),
        ("List three examples of fruit.", "1. a\n2. b\n3. c", false),
        ("List exactly three primary colours.", "1. Red\n2. Blue", true),
        ("Name 3 rivers of Spain.", "- Ebro\n- Tajo\n- Duero", false),
        ("The list has 3 columns: a, b, c. What is it?", "- a\n- b", false),
        ("Give me a JSON object only, with name and age.", "Sure! Here is {\"name\": 1}", true),
        ("Return a JSON object with name and age.", "Ada, 36", true),
    ]) func `the asked format is checked`(question: String, text: String, isBroken: Bool) {
        let found = findings(text, to: question)
        #expect(found.has(.formatBroken) == isBroken, "\(found.evidence)")
    }

    private static let german =
        "Wir sind der Meinung, dass die Antwort nicht für das Haus und auch nicht von den Leuten ist, die mit uns sind."
    private static let english =
        "What is the best way for you to go from here to the house that was on the hill, and how long is it?"

    @Test func `another language than the question's fails, unless it was asked for`() {
        #expect(findings(Self.german, to: Self.english).has(.otherLanguage))
        #expect(!findings(Self.english, to: Self.english).has(.otherLanguage))
        #expect(!findings(Self.german, to: "Translate to German: " + Self.english).has(.otherLanguage))
        #expect(!findings(Self.german, to: "?").has(.otherLanguage))
        #expect(findings(String(repeating: "Это очень хороший дом. ", count: 5), to: Self.english).has(.otherLanguage))
        let fridge = "Bitte erkläre mir, wie ein Kühlschrank funktioniert und warum die Rückseite warm wird."
        let heat = "A refrigerator moves heat from the inside to the outside."
        #expect(findings(heat, to: fridge).has(.otherLanguage))
        #expect(!findings("Ein Kühlschrank pumpt die Wärme von innen nach außen.", to: fridge).has(.otherLanguage))
        #expect(!findings(heat, to: fridge + " Antworte auf Englisch.").has(.otherLanguage))
        #expect(findings(heat, to: "请解释一下冰箱是怎样工作的。").has(.otherLanguage))
        #expect(!findings(heat, to: "请解释一下冰箱是怎样工作的。", taskClass: .translation).has(.otherLanguage))
    }
}
