/// Greetings, thanks, and a few facts.
enum SmallTalk {
    static func solve(_ ask: Ask) -> Solution? {
        if ask.mentions("capital of"), let solution = capital(ask) { return solution }
        guard ask.words.count < 14 else { return nil }
        for (cues, reply) in replies where ask.mentions(anyOf: cues) { return Solution(reply, difficulty: 0) }
        return nil
    }

    static func isGreeting(_ ask: Ask) -> Bool { ask.words.count < 6 && solve(ask) != nil }

    private static func capital(_ ask: Ask) -> Solution? {
        guard let known = capitals.first(where: { ask.mentions($0.0) }) else { return nil }
        return Solution(known.1, difficulty: 0.15, mistakes: [known.2])
    }

    private static let replies: [([String], String)] = [
        (["how are you"], "I am well, thank you. How can I help you?"),
        (
            ["who are you", "what are you"],
            "I am a simulated model: I try small tasks and say so when I cannot do one."
        ),
        (["thank you", "thanks"], "You are welcome."),
        (["goodbye", "bye"], "Goodbye!"),
        (["joke"], "Why did the queue cross the road? To get to the other head."),
        (["hello", "hi", "hey", "good morning", "good evening"], "Hello! How can I help you?"),
        (["ping"], "pong"),
    ]

    private static let capitals = [
        ("france", "Paris", "Lyon"), ("germany", "Berlin", "Bonn"), ("italy", "Rome", "Milan"),
        ("spain", "Madrid", "Barcelona"), ("japan", "Tokyo", "Kyoto"), ("canada", "Ottawa", "Toronto"),
        ("australia", "Canberra", "Sydney"), ("brazil", "Brasília", "Rio de Janeiro"),
        ("switzerland", "Bern", "Zurich"),
        ("turkey", "Ankara", "Istanbul"), ("egypt", "Cairo", "Alexandria"), ("poland", "Warsaw", "Kraków"),
    ]
}
