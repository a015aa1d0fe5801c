import Dialogue
import Gateway
import Ledger
import Prediction
import Testing

struct OutcomeReadingTests {
    private func outcomes(_ source: OutcomeRecord.Source) -> [(Int64, OutcomeRecord)] {
        (1...400).map { number in
            let sketch = PromptSketch(features: [], group: UInt64(number) &* 0x9E37_79B9, propensity: 1)
            return (
                Int64(number),
                OutcomeRecord(
                    id: "\(source)/\(number)", time: 0, source: source, model: ModelName("m"), score: 1,
                    taskClass: .factual, prompt: sketch)
            )
        }
    }

    @Test func `pairs that certificates rest on are not learned from, and all others are`() {
        let shadow = outcomes(.shadow)
        var reading = OutcomeReading()
        reading.take(shadow)
        #expect(reading.count == shadow.count { !PromptGroup.certifies($0.1.prompt.group) })
        #expect((150...250).contains(reading.count))
        reading.take(outcomes(.review))
        #expect(reading.count == shadow.count { !PromptGroup.certifies($0.1.prompt.group) } + 400)
    }

    @Test func `the half that certifies is the one that farthing certify looks at`() {
        for (_, outcome) in outcomes(.shadow) {
            let group = outcome.prompt.group
            #expect(PromptGroup.certifies(group) == (PromptGroup.fold(group, of: 2, seed: 1) == 1))
        }
    }
}
