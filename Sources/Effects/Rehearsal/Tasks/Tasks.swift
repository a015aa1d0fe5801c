internal import Dialogue
internal import JSON

/// The tasks that simulated models try, the most telling cue first.
enum Tasks {
    /// Solves what is asked in the form that is asked for; what nobody recognises is met with an honest reply.
    static func solve(_ prompt: Prompt) -> Solution {
        let ask = Ask(prompt)
        if let last = prompt.messages.last, let result = result(in: last) {
            return Solution("The tool answered: \(result)", difficulty: 0.05, mistakes: ["I could not find that out."])
        }
        if !prompt.tools.isEmpty, let calls = ToolUse.solve(ask, tools: prompt.tools, choice: prompt.toolChoice) {
            return calls
        }
        switch prompt.outputFormat {
        case .text: return solve(ask) ?? unknown
        case .json: return inObject(ask)
        case .schema(_, let schema, _):
            guard let schema = try? JSONDocument.parse(schema).root else { return inObject(ask) }
            return solution(schema, ask)
        }
    }

    /// Solves a task in plain text; nil if none is recognised.
    static func solve(_ ask: Ask) -> Solution? {
        if let schema = schemaInText(ask) { return solution(schema, ask) }
        if ask.mentions("extract"), let found = Extraction.solve(ask) { return found }
        return Translation.solve(ask) ?? Summary.solve(ask) ?? Classification.solve(ask) ?? CodeSnippets.solve(ask)
            ?? Arithmetic.solve(ask) ?? WordProblem.solve(ask) ?? SmallTalk.solve(ask) ?? Extraction.solve(ask)
    }

    private static let unknown = Solution(
        "I do not know. I am a simulated model and can only do small tasks.", difficulty: 0)

    private static func solution(_ schema: JSONValue, _ ask: Ask) -> Solution {
        let (json, difficulty, mistakes) = SchemaFilling.solve(schema: schema, ask: ask)
        return Solution(json, difficulty: difficulty, mistakes: mistakes)
    }

    private static func result(in message: Message) -> String? {
        for case .toolResult(let result) in message.content {
            return Message(role: .tool, content: result.content).text
        }
        return nil
    }

    /// A schema that stands in the prompt itself between braces.
    private static func schemaInText(_ ask: Ask) -> JSONValue? {
        guard ask.mentions("json"), let open = ask.text.firstIndex(of: "{"), let close = ask.text.lastIndex(of: "}"),
            open < close, let root = try? JSONDocument.parse(String(ask.text[open...close])).root,
            root["properties"] != nil
        else { return nil }
        return root
    }

    /// JSON mode: the members that were asked for by kind, else the answer as one member.
    private static func inObject(_ ask: Ask) -> Solution {
        let kinds: [(String, Findings.Kind)] = [
            ("name", .name), ("email", .email), ("date", .date), ("amount", .amount), ("phone", .phone),
        ]
        let found = kinds.compactMap { name, kind in
            ask.mentions(name) ? Findings.all(kind, in: ask.material).first.map { (name, $0) } : nil
        }
        guard found.isEmpty else {
            let whole = object(found)
            return Solution(
                whole, difficulty: 0.1 + 0.1 * Double(found.count), mistakes: [object(Array(found.dropLast()))])
        }
        var solution = solve(ask) ?? unknown
        solution.answer = wrapped(solution.answer)
        solution.mistakes = solution.mistakes.map(wrapped)
        return solution
    }

    private static func wrapped(_ answer: Solution.Answer) -> Solution.Answer {
        guard case .text(let text) = answer else { return answer }
        if (try? JSONDocument.parse(text))?.root.isObject == true { return answer }
        return .text(object([("answer", text)]))
    }

    private static func object(_ members: [(String, String)]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in members {
                writer.key(named: name)
                writer.string(value)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
