internal import Dialogue
internal import JSON

/// Chooses a tool by the words that it shares with the prompt, and fills its arguments.
enum ToolUse {
    static func solve(_ ask: Ask, tools: [ToolDefinition], choice: ToolChoice?) -> Solution? {
        if choice == ToolChoice.none { return nil }
        let scored = tools.map { ($0, overlap($0, ask)) }
        var candidates = scored
        if case .named(let name)? = choice { candidates = scored.filter { $0.0.name == name } }
        guard let best = candidates.max(by: { $0.1 < $1.1 }) else { return nil }
        guard
            best.1 > 0 || choice == .required || candidates.count < scored.count
                || tools.count == 1 && isImperative(ask)
        else { return nil }
        guard let schema = try? JSONDocument.parse(best.0.parameters).root else {
            return Solution(.calls([.init(name: best.0.name, arguments: "{}")]), difficulty: 0.1, mistakes: [])
        }
        let (json, difficulty, spoilt) = SchemaFilling.solve(schema: schema, ask: ask)
        let other = tools.first { $0.name != best.0.name }.map { [Solution.Call(name: $0.name, arguments: json)] }
        return Solution(
            .calls([.init(name: best.0.name, arguments: json)]), difficulty: difficulty + 0.03 * Double(tools.count),
            mistakes: spoilt.map { .calls([.init(name: best.0.name, arguments: $0)]) }
                + (other.map { [.calls($0)] } ?? []))
    }

    private static func overlap(_ tool: ToolDefinition, _ ask: Ask) -> Int {
        let prompt = Set(ask.words.map(\.lower)).subtracting(common)
        let name = Set(SchemaFilling.terms(tool.name))
        let described = Set(Ask.words(of: tool.description ?? "").map(\.lower)).subtracting(common)
        return 3 * prompt.intersection(name).count + prompt.intersection(described.subtracting(name)).count
    }

    private static func isImperative(_ ask: Ask) -> Bool { !ask.words.isEmpty && !SmallTalk.isGreeting(ask) }

    private static let common: Set = [
        "the", "a", "an", "of", "in", "to", "for", "and", "or", "is", "are", "what", "with", "on", "by", "get", "me",
        "i", "you", "it", "this", "that", "from", "at", "my", "please", "can", "find", "given", "be", "s",
    ]
}
