import Dialogue
import Features
import Testing

@Suite struct TopicWordsTests {
    @Test(arguments: [
        ("What is the boiling temperature of water?", ["temperature", "heat", "weather", "climate"]),
        ("Write a python function that sorts a list", ["python", "programming", "algorithms", "functions", "sorting"]),
        ("I want a refund for my order", ["refunds", "orders", "shipping", "payments"]),
    ])
    func `a place is named by what is asked there`(text: String, expected: [String]) {
        let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: text)])
        let found = TopicWords.nearest(to: FeatureExtractor().features(of: prompt).embedding, count: 3)
        #expect(!Set(found).isDisjoint(with: expected), "\(found)")
        #expect(Set(found).count == 3)
    }
}
