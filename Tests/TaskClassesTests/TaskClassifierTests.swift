import Assets
import Dialogue
import Features
import TaskClasses
import Testing

@Suite struct TaskClassifierTests {
    private func classify(
        _ text: String, tools: [ToolDefinition] = [], choice: ToolChoice? = nil,
        by classifier: TaskClassifier = .shipped
    ) -> TaskClassification {
        let prompt = Prompt(
            model: "auto", messages: [Message(role: .user, text: text)], tools: tools, toolChoice: choice)
        return classifier.classify(FeatureExtractor().features(of: prompt), prompt: prompt)
    }

    @Test(arguments: [
        ("Write a Python function that returns the n largest values of a list of integers.", TaskClass.code),
        ("A train travels 60 miles per hour for 3 hours. How many miles does it travel in total?", .maths),
        ("Write a short story about a dragon who is afraid of heights.", .creative),
        ("Who was the first president of the United States?", .factual),
        (
            "Anna is taller than Ben. Ben is taller than Carl. Which of the following must be true?\n(A) Carl is the tallest\n"
                + "(B) Anna is taller than Carl\n(C) Ben is the shortest", .reasoning
        ),
        (
            "Is the sentiment of this movie review positive or negative?\nThe acting was dull and the plot went nowhere.",
            .classification
        ),
        (
            "Summarize the following article in one sentence.\nThe council met on Monday to discuss the new bridge. After a "
                + "long debate the members agreed to begin work in spring, at a cost of two million.", .summarisation
        ),
        ("Translate to German: where is the station?", .translation),
        ("Please rewrite this email so that it sounds more polite: send me the file now", .rewriting),
        ("My order never arrived and I would like a refund to my account.", .support),
    ])
    func `a plain prompt gets its class`(text: String, expected: TaskClass) {
        #expect(classify(text).taskClass == expected)
    }

    @Test func `tools offered make it agentic, tools forbidden do not`() {
        let tool = ToolDefinition(name: "search", parameters: Array("{}".utf8))
        #expect(classify("Who won the cup?", tools: [tool]).taskClass == .agentic)
        #expect(classify("Who won the cup?", tools: [tool], choice: ToolChoice.none).taskClass != .agentic)
    }

    @Test func `a fenced block makes it code, a translation of one a translation`() {
        #expect(classify("What happens here?\n```\nprint(1)\n```").taskClass == .code)
        #expect(classify("Translate the comments into Spanish:\n```\n# one\n```").taskClass == .translation)
    }

    @Test(arguments: [
        "What is 17 + 25?", "17+25", "12 * 8 = ?", "Calculate 144/12", "Please compute 10-7.", "(3 + 4) * 5", "2^10",
        "what's 9 - 5", "3.5 × 2", "How much is 1,200 + 35.5?", "81 ÷ 9", "What is 6 times 7?", "2 * -3 + 1",
        "Hi, can you solve 1/2 + 1/3?", "What does 12 divided by 4 equal?", "WHAT IS 2+2",
    ])
    func `bare arithmetic is mathematics`(text: String) {
        let found = classify(text)
        #expect(found.taskClass == .maths)
        #expect(found.basis == .structure("it asks what an arithmetic expression amounts to"))
    }

    @Test(arguments: [
        "What is 2024-11-05?", "2024-11-05", "3-5", "What is 3-5?", "Version 1.2.3 + 4", "What is 1.2.3?",
        "1.2.3 - 1.2.4",
        "+1 555 123 4567", "What is 555-123-4567?", "What is C++?", "C++ 11 + 14", "What does 24/7 mean?", "24/7",
        "What is 24/7?", "A 50/50 chance", "50/50", "Read pages 10 - 20", "What is 9:30 - 10:00?", "What is 18+?",
        "What is GPT-4 + 3?", "What are A1 + B2?", "How many are 5 kg + 3 kg?", "3rd - 5th", "2x + 3 = 7",
        "What is 42?",
        "Windows 10 + Office 365", "I was 9 * 5 times in Rome + Paris", "", "+", "3 +", "+ 3", "*5* and *6*",
    ])
    func `numbers with marks between them are not all arithmetic`(text: String) {
        #expect(classify(text).basis != .structure("it asks what an arithmetic expression amounts to"))
    }

    @Test func `the likeliest class is told whatever decides, with more than its share`() throws {
        for text in ["Who wrote Hamlet?", "Translate to French: hello", "17 + 25"] {
            let likeliest = try #require(classify(text).likeliest)
            #expect(likeliest.probability > 1 / Double(TaskClassifier.classes.count) && likeliest.probability < 1)
        }
        let found = classify("Who wrote Hamlet?")
        #expect(found.basis == .wording)
        #expect(found.likeliest == TaskProbability(taskClass: found.taskClass, probability: found.confidence))
    }

    @Test func `an empty prompt is unknown`() {
        let found = classify("")
        #expect(found.taskClass == .unknown)
        #expect(found.confidence == 0)
    }

    @Test func `without heads structure still speaks and the rest is unknown`() {
        let bare = TaskClassifier(heads: .wordpieceVocabulary)
        #expect(classify("Translate to French: hello", by: bare).taskClass == .translation)
        #expect(classify("Who wrote Hamlet?", by: bare).taskClass == .unknown)
    }

    @Test func `the reason holds nothing of the prompt`() {
        #expect(!classify("Who wrote zanzibarquux?").reason.contains("zanzibarquux"))
    }
}
