import Dialogue
import Features
import Prediction
import Testing

/// Observations of two models: the first fails where the embedding's first place is positive.
func observations(_ count: Int) -> [Observation] {
    (0..<count).map { index in
        let isHard = index % 3 == 0
        var surface = SurfaceSignal.allCases.map { _ in Float(0) }
        surface[0] = 4 + Float(index % 7)
        var embedding = [Float](repeating: 0, count: 256)
        embedding[0] = isHard ? 0.8 : -0.8
        embedding[1 + index % 5] = 0.6
        let prompt = PromptVector(
            taskClass: index % 2 == 0 ? .maths : .factual, surface: surface, embedding: embedding)
        let slip = index % 10 == 1
        return Observation(
            group: UInt64(index), prompt: prompt,
            scores: [isHard != slip ? 0 : 1, index % 11 == 0 ? nil : 1 - (slip ? 1 : 0)])
    }
}

struct PredictionTests {
    @Test func `a predictor learns where a model fails, and how much the other gains there`() throws {
        let seen = observations(400)
        let predictor = try SuccessTrainer.train(seen, models: ["a", "b"])
        let (hard, easy) = (seen[0].prompt, seen[2].prompt)
        #expect(predictor.probabilities(hard)[0] < 0.25)
        #expect(predictor.probabilities(easy)[0] > 0.75)
        #expect(predictor.models.map(\.count) == [400, 363])
        let lead = predictor.leads(hard, over: "b")
        #expect(lead[1] == 0 && lead[0] < predictor.leads(easy, over: "b")[0] - 0.2)
        let there = try #require(predictor.rank(hard, cheap: "a", strong: "b"))
        let back = try #require(predictor.rank(hard, cheap: "b", strong: "a"))
        #expect(abs(there + back - 1) < 1e-12)
        #expect(there > (try #require(predictor.rank(easy, cheap: "a", strong: "b"))))
    }

    /// Without the score itself a mean is lower where the score was high: taken for knowledge, that would turn the estimates round.
    @Test func `of a model whose success nothing foretells it is said how often it is right`() throws {
        var seen = observations(300)
        for index in seen.indices { seen[index].scores = [(UInt32(index) &* 2_654_435_761) >> 16 % 10 < 3 ? 1 : 0] }
        let predictor = try SuccessTrainer.train(seen, models: ["a"])
        let rate = predictor.models[0].table.overallRate
        #expect(rate > 0.2 && rate < 0.4)
        for observation in seen { #expect(abs(predictor.probabilities(observation.prompt)[0] - rate) < 0.12) }
    }

    @Test(arguments: [
        // What the levels above are worth, and how many outcomes a class with 60 of 100 and a type with 30 of those rest on.
        (5.0, 65.0, 35.0), (80, 100, 100), (1280, 100, 100),
    ])
    func `an estimate rests on no more outcomes than there are`(worth: Double, ofClass: Double, ofType: Double) {
        var table = SuccessTable(types: 1)
        table.priors = SuccessTable.PriorWeights(ofClass: worth, ofType: worth)
        for number in 0..<100 { table.add(1, taskClass: number < 60 ? .code : .maths, type: number < 30 ? 0 : nil) }
        #expect(table.effectiveOutcomes(.code, type: nil) == ofClass)
        #expect(table.effectiveOutcomes(.code, type: 0) == ofType)
        table.share = 0
        #expect(table.effectiveOutcomes(.code, type: 0) == 100)
    }

    @Test func `a file gives back the same bits`() throws {
        let predictor = try SuccessTrainer.train(observations(200), models: ["a", "b"])
        let bytes = PredictorFile.encode(predictor)
        let read = try PredictorFile.decode(bytes)
        #expect(PredictorFile.encode(read) == bytes && read.models == predictor.models && read.gains == predictor.gains)
        for observation in observations(20) {
            #expect(read.probabilities(observation.prompt) == predictor.probabilities(observation.prompt))
        }
    }

    @Test func `a file that is cut, changed or something else is refused`() throws {
        let bytes = PredictorFile.encode(try SuccessTrainer.train(observations(200), models: ["a", "b"]))
        #expect(throws: PredictorFileError.notAPredictor) {
            try PredictorFile.decode(Array("no predictor at all".utf8))
        }
        for cut in stride(from: 12, to: bytes.count, by: 997) {
            #expect(throws: PredictorFileError.damaged) { try PredictorFile.decode(Array(bytes.prefix(cut))) }
        }
        for place in stride(from: 8, to: bytes.count, by: 1999) {
            var changed = bytes
            changed[place] ^= 16
            #expect(throws: PredictorFileError.damaged) { try PredictorFile.decode(changed) }
        }
        var newer = bytes
        newer[4] = 9
        #expect(throws: PredictorFileError.otherVersion(9)) { try PredictorFile.decode(newer) }
    }

    @Test func `too few outcomes are refused with how many are missing`() {
        #expect(throws: TrainingError.tooFew(model: "a", count: 30, needed: 50)) {
            try SuccessTrainer.train(observations(30), models: ["a", "b"])
        }
    }

    @Test(arguments: [(1.0, 0.95), (0.5, 0.725), (0, 0.5)])
    func `classes and types count as far as they help`(share: Double, rate: Double) {
        var table = SuccessTable(types: 0)
        for number in 0..<2000 {
            let isCode = number % 2 == 0
            table.add(isCode ? 0.95 : 0.05, taskClass: isCode ? .code : .maths, type: nil)
        }
        table.share = share
        #expect(abs(table.rate(.code, type: nil) - rate) < 0.01)
    }

    @Test func `small groups lean on the level above`() {
        var table = SuccessTable(types: 2)
        for _ in 0..<95 { table.add(1, taskClass: .code, type: 0) }
        table.add(0, taskClass: .maths, type: 1)
        #expect(table.rate(.code, type: 0) > 0.99)
        let maths = table.rate(.maths, type: 1)
        #expect(maths > 0.6 && maths < table.rate(.maths, type: nil))
        #expect(table.rate(.maths, type: 1, without: SuccessTable.Tally(successes: 0, weight: 1)) > 0.97)
    }

    // The dash is what sends the second text of a pair the slow way, beyond ASCII.
    @Test(arguments: [
        ("What is 2+2?", "what is 2 + 2", true), ("Is A < B?", "Is A > C?", false), ("[Z9@`{/:", "z9", true),
        ("AZ az 09: [total]", "az—AZ—09 Total", true), ("", "—", true), ("a", "b—", false),
    ])
    func `equal questions are one group`(one: String, other: String, areEqual: Bool) {
        #expect((PromptGroup.of(one) == PromptGroup.of(other)) == areEqual)
    }

    @Test func `cross-validation never asks a predictor about what it learned`() throws {
        let judged = try CrossValidation(observations(300), models: ["a", "b"], folds: 3, seed: 1)
        #expect(judged.probabilities.allSatisfy { $0.count == 2 && $0.allSatisfy { (0...1).contains($0) } })
        #expect(try #require(judged.perModel[0].area) > 0.8)
    }

    @Test func `expected cost follows the input where recorded costs do`() {
        let model = CostModel(inputTokens: [100, 200, 300], costs: [3, 5, 7])
        #expect(abs(model.base - 1) < 1e-9 && abs(model.cost(inputTokens: 1000) - 21) < 1e-9)
        #expect(CostModel(inputTokens: [5, 5], costs: [1, 3]).cost(inputTokens: 5) == 2)
        #expect(CostModel(inputTokens: [1, 2], costs: [4, 2]).cost(inputTokens: 99) == 3)
    }
}
