import Checks
import Glibc
import Testing

@Suite struct AskTests {
    private static let apples = "Anna buys 12 apples at $1,250.50 and 3 pears. What does she pay?"

    @Test(arguments: [
        ("She buys 12 apples for 1250.5 and adds 3 pears, which makes a fortune.", 0.0),
        ("She buys 12 apples for $1,250.50 and a few pears, which makes a fortune.", 1),
        ("She buys a dozen apples for 1,251 and a few pears, which makes a fortune.", 3),
        ("She buys 120 apples, 0.3 pears and 125,050 others, which makes a fortune.", 3),
        ("a fortune", 0),
    ]) func `numbers of the question that the answer has no use for are counted`(text: String, unused: Double) {
        #expect(findings(text, to: Self.apples).signals[.numbersUnused] == log1p(unused), "\(text)")
    }

    @Test(arguments: [
        ("The apples that Anna is buying cost what the pear does, and she pays it.", 0.6),
        ("Nobody can say what anything costs in this short and busy life of ours.", 0), ("apples and pears", 0),
    ]) func `words of the question are found by their beginnings`(text: String, share: Double) {
        // Anna, buys, apples, pears, Orange; `does` and `What` are common, `she` and `pay` are short.
        let found = findings(text, to: "Anna buys apples, pears. What does she pay? Orange!")
        #expect(abs(found.signals[.askCovered] - share) < 1e-12, "\(found.signals[.askCovered])")
    }

    @Test(arguments: [
        ("How far is it from here to there, by rail?", 42),
        ("Q: How far is it?\nAnswer: 12\n\nHow far is it from here to there, by rail?", 42),
        ("How far?\nAnswer:\n12 km\n\nHow far is it from here to there, by rail?\nAnswer:", 50),
        ("How far is it from here to there, by rail?\nAnswer:", 50),
        ("How far is it from here to there, by rail?\nA) 1\nB) 2\nC) 3", 42),
        ("Which is it?\nA) 1\nB) 2\nAnswer: B\n\nHow far is it from here to there, by rail?\nA) 1\nB) 2\nAnswer:", 42),
        ("How far is it from here to there, by rail? Write `\"answer\": 42`.", 64),
    ]) func `the question is found among examples and options`(ask: String, length: Double) {
        #expect(abs(findings("12", to: ask).signals[.askLength] - log((1 + length) / 150)) < 1e-12, "\(ask)")
    }

    @Test func `an answer of other things is noticed`() {
        let text = "Bananas grow on tall trees in warm places, far away from any snow."
        let found = findings(text, to: "Which planets orbit beyond Neptune, and which of their moons have water?")
        #expect(found.verdict("semantics.ask") == .unclear)
        #expect(findings(text, to: "Do bananas grow on trees in warm places?").verdict("semantics.ask") == nil)
    }
}
