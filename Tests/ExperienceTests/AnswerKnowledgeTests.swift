import Checks
import Dialogue
import Experience
import Prediction
import Testing

struct AnswerKnowledgeTests {
    private static func verdicts(_ opinion: AnswerKnowledge.Opinion) -> [String: Verdict] {
        Dictionary(uniqueKeysWithValues: opinion.evidence.map { ($0.check, $0.verdict) })
    }

    private static func opinion(
        _ knowledge: AnswerKnowledge, _ sketch: AnswerSketch, model: String = "m", _ taskClass: TaskClass = .maths
    ) -> AnswerKnowledge.Opinion {
        knowledge.opinion(of: sketch, to: prompt(1, taskClass), model: [model], prior: 0.6)
    }

    @Test func `nothing was judged, nothing is said`() throws {
        #expect(try knowledge([]) == nil)
    }

    @Test(
        arguments: [
            // Where it lies, how near to what was asked, and what is said of either and of known failures.
            (0, 0.5, Verdict.passes, Verdict.passes, Verdict.passes),
            (1, 0.5, .passes, .fails, .fails),
            (0, 0.1, .fails, .passes, .passes),
            (2, 0.1, .fails, .fails, nil),
        ] as [(Int, Float, Verdict, Verdict, Verdict?)])
    func `an answer is held against accepted ones and against known failures`(
        axis: Int, fit: Float, asked: Verdict, pattern: Verdict, failures: Verdict?
    ) throws {
        let said = Self.verdicts(
            Self.opinion(try #require(try knowledge(told(120))), sketch(near: axis, 7, fit: fit)))
        #expect((said["semantics.fit"], said["semantics.pattern"]) == (asked, pattern))
        if let failures { #expect(said["semantics.failures"] == failures) }
    }

    @Test func `no resemblance makes sure`() throws {
        let known = try #require(try knowledge(told(200)))
        for axis in 0...3 {
            for found in Self.opinion(known, sketch(near: axis, fit: -1)).evidence { #expect(found.strength < 0.5) }
        }
    }

    @Test func `of another model or task only that is said which is known`() throws {
        let known = try #require(try knowledge(told(200)))
        #expect(Self.verdicts(Self.opinion(known, sketch(near: 1), model: "other"))["semantics.failures"] == nil)
        let few = try #require(try knowledge(told(9)))
        #expect(Self.opinion(few, sketch(near: 1)).evidence.isEmpty)
    }

    @Test func `what turned out wrong counts against the next answer of the kind`() throws {
        let known = try #require(try knowledge(told(200)))
        #expect(known.learnedFrom == 200)
        let right = try #require(Self.opinion(known, sketch(near: 0, 7)).probability)
        let wrong = try #require(Self.opinion(known, sketch(near: 1, 7, fit: 0.2, found: [.hedges: 1])).probability)
        #expect(right > 0.9)
        #expect(wrong < 0.1)
        // By what it looks like alone, and by the signal alone.
        #expect(try #require(Self.opinion(known, sketch(near: 1, 7, fit: 0.2)).probability) < right)
        #expect(try #require(Self.opinion(known, sketch(near: 0, 7, found: [.hedges: 1])).probability) < right)
    }

    @Test(arguments: [63, 64])
    func `below a number of outcomes the shipped weights speak`(count: Int) throws {
        #expect(try knowledge(told(count))?.learnedFrom == (count < 64 ? nil : count))
    }

    @Test func `outcomes that are all alike leave the shipped weights`() throws {
        var answers = told(200)
        for index in answers.indices { answers[index].score = 1 }
        let known = try knowledge(answers)
        #expect(known?.learnedFrom == nil)
    }

    @Test func `what tells nothing changes nothing but the share of right answers`() throws {
        var answers = told(400)
        for index in answers.indices {
            answers[index].sketch = sketch(near: 0, found: [.logLength: 5])
            answers[index].score = index % 4 == 0 ? 0 : 1
        }
        let known = try #require(try knowledge(answers))
        let p = try #require(Self.opinion(known, sketch(near: 0, found: [.logLength: 5])).probability)
        #expect(abs(p - 0.75) < 0.03)
    }

    @Test func `what certain findings leave bounds what was learned`() throws {
        let known = try #require(try knowledge(told(200)))
        let sure = sketch(near: 0, 7, bounds: 0...0.05)
        #expect(try #require(Self.opinion(known, sure).probability) < 0.051)
        let vouched = sketch(near: 1, 7, fit: 0.2, found: [.hedges: 1], bounds: 0.95...1)
        #expect(try #require(Self.opinion(known, vouched).probability) > 0.949)
    }

    @Test func `an outcome counts by its weight`() throws {
        func learned(weight: Double) throws -> Double {
            var answers = told(300)
            for index in answers.indices {
                answers[index].sketch = sketch(near: 0)
                (answers[index].score, answers[index].weight) = index % 2 == 0 ? (1, 1) : (0, weight)
            }
            let known = try #require(try knowledge(answers))
            return try #require(Self.opinion(known, sketch(near: 0)).probability)
        }
        #expect(abs(try learned(weight: 1) - 0.5) < 0.02)
        #expect(abs(try learned(weight: 0.25) - 0.8) < 0.02)
    }

    @Test func `what was learned reads back from its stored form, and damage is found`() throws {
        let answers = told(200)
        let predictor = try predictor(answers)
        let known = try #require(try knowledge(answers, by: predictor))
        let read = try AnswerKnowledge(encoded: known.encoded, predictor: predictor)
        #expect(read.encoded == known.encoded)
        let answer = sketch(near: 1, 3)
        #expect(Self.opinion(read, answer).probability == Self.opinion(known, answer).probability)
        #expect(Self.opinion(read, answer).evidence == Self.opinion(known, answer).evidence)
        for bytes in [Array(known.encoded.dropLast()), known.encoded + [0], []] {
            #expect(throws: PredictorFileError.damaged) {
                try AnswerKnowledge(encoded: bytes, predictor: predictor)
            }
        }
        let file = PredictorFile.encode(predictor, cascade: [1, 2], answers: known.encoded)
        let contents = try PredictorFile.contents(of: file)
        #expect(contents.answers == known.encoded && contents.cascade == [1, 2])
        #expect(try PredictorFile.contents(of: PredictorFile.encode(predictor)).answers == nil)
    }

    @Test func `weights of other signals than there are today are refused`() throws {
        let answers = told(200)
        let predictor = try predictor(answers)
        var bytes = try #require(try knowledge(answers, by: predictor)).encoded
        var codes = BinaryWriter()
        codes.write(UInt32(Signal.allCases.count))
        for signal in Signal.allCases { codes.write(UInt32(signal.code)) }
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: codes.bytes) })
        bytes[place + 4] ^= 1
        #expect(throws: PredictorFileError.otherSignals) {
            try AnswerKnowledge(encoded: bytes, predictor: predictor)
        }
    }
}
