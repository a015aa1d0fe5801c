import Dialogue
import JSON

private let requestFields: [StaticString] = [
    "model", "messages", "system", "max_tokens", "temperature", "top_p", "top_k", "stop_sequences", "stream", "tools",
    "tool_choice", "metadata", "thinking", "output_config", "output_format",
]
private let toolFields: [StaticString] = ["type", "name", "description", "input_schema", "strict"]

extension FieldReader {
    func messagesPrompt(_ root: JSONValue) throws(APIFailure) -> Prompt {
        var prompt = Prompt(model: try required(root, "model"), messages: [])
        if root.present("system") != nil {
            let content = try blocks(root, "system", "", &prompt.extras)
            prompt.messages.append(Message(role: .system, content: content))
        }
        for (index, turn) in try turns(root).enumerated() {
            try appendTurn(turn, "messages[\(index)].", to: &prompt)
        }
        guard let limit = try int(root, "max_tokens") else { throw missing("max_tokens") }
        prompt.maxOutputTokens = limit
        prompt.temperature = try number(root, "temperature")
        prompt.topP = try number(root, "top_p")
        prompt.topK = try int(root, "top_k")
        if let stop = try array(root, "stop_sequences") { prompt.stop = try strings(stop, at: "stop_sequences") }
        prompt.stream = try bool(root, "stream") ?? false
        prompt.streamUsage = true
        if let tools = try array(root, "tools") {
            for (index, tool) in tools.enumerated() {
                if let tool = try customTool(tool, "tools[\(index)]", &prompt.extras) { prompt.tools.append(tool) }
            }
        }
        try readToolChoice(root, &prompt)
        if let metadata = try object(root, "metadata") {
            prompt.endUser = try string(metadata, "user_id", in: "metadata.")
            collect(metadata, except: ["user_id"], in: "metadata.", into: &prompt.extras)
        }
        try readThinking(root, &prompt)
        collect(root, except: requestFields, into: &prompt.extras)
        return prompt
    }

    /// A user's turn with tool results becomes one turn of results and one of what else it says.
    private func appendTurn(
        _ turn: JSONValue, _ path: @autoclosure () -> String, to prompt: inout Prompt
    ) throws(APIFailure) {
        guard turn.isObject else { throw wrongType(String(path().dropLast()), expected: "an object") }
        guard let role = Message.Role(rawValue: try required(turn, "role", in: path())), role != .tool,
            role != .developer
        else { throw invalid(path() + "role", expected: "'user' or 'assistant'") }
        guard turn.present("content") != nil else { throw missing(path() + "content") }
        collect(turn, except: ["role", "content"], in: path(), into: &prompt.extras)
        let content = try blocks(turn, "content", path(), &prompt.extras)
        var run = Message(role: role, content: [])
        for part in content {
            var owner = role
            if case .toolResult = part { owner = .tool }
            if owner != run.role {
                if !run.content.isEmpty { prompt.messages.append(run) }
                run = Message(role: owner, content: [])
            }
            run.content.append(part)
        }
        if !run.content.isEmpty || content.isEmpty { prompt.messages.append(run) }
    }

    private func blocks(
        _ parent: JSONValue, _ name: StaticString, _ path: @autoclosure () -> String, _ extras: inout [ExtraField]
    ) throws(APIFailure) -> [ContentPart] {
        guard let value = parent.present(name) else { return [] }
        if let text = value.string { return [.text(text)] }
        guard let elements = value.elements else {
            throw wrongType("\(path())\(name)", expected: "a string or an array of content blocks")
        }
        var parts: [ContentPart] = []
        for element in elements {
            parts.append(try block(element, "\(path())\(name)[\(parts.count)].", &extras))
        }
        return parts
    }

    private func block(
        _ value: JSONValue, _ path: @autoclosure () -> String, _ extras: inout [ExtraField]
    ) throws(APIFailure) -> ContentPart {
        let type = try required(value, "type", in: path())
        switch type {
        case "text":
            collect(value, except: ["type", "text"], in: path(), into: &extras)
            return .text(try required(value, "text", in: path()))
        case "image":
            guard let source = try object(value, "source", in: path()) else { throw missing(path() + "source") }
            collect(value, except: ["type", "source"], in: path(), into: &extras)
            switch try required(source, "type", in: path() + "source.") {
            case "url": return .image(.url(try required(source, "url", in: path() + "source."), detail: nil))
            case "base64":
                let data = try required(source, "data", in: path() + "source.")
                let media = try required(source, "media_type", in: path() + "source.")
                return .image(.base64(data, mediaType: media, detail: nil))
            default: return .other(type: type, json: Array(value.raw))
            }
        case "tool_use":
            collect(value, except: ["type", "id", "name", "input"], in: path(), into: &extras)
            guard let input = try object(value, "input", in: path()) else { throw missing(path() + "input") }
            return .toolCall(
                ToolCall(
                    id: try required(value, "id", in: path()), name: try required(value, "name", in: path()),
                    arguments: String(decoding: input.raw, as: UTF8.self)))
        case "tool_result":
            collect(value, except: ["type", "tool_use_id", "content", "is_error"], in: path(), into: &extras)
            return .toolResult(
                ToolResult(
                    callID: try required(value, "tool_use_id", in: path()),
                    content: try blocks(value, "content", path(), &extras),
                    isError: try bool(value, "is_error", in: path()) ?? false))
        case "thinking":
            return .thinking(
                text: try required(value, "thinking", in: path()), signature: try string(value, "signature", in: path())
            )
        default: return .other(type: type, json: Array(value.raw))
        }
    }

    private func customTool(
        _ tool: JSONValue, _ path: String, _ extras: inout [ExtraField]
    ) throws(APIFailure) -> ToolDefinition? {
        guard tool.isObject else { throw wrongType(path, expected: "an object") }
        guard try string(tool, "type", in: path + ".") ?? "custom" == "custom" else {
            extras.append(ExtraField(path: path, json: Array(tool.raw)))
            return nil
        }
        guard let schema = try object(tool, "input_schema", in: path + ".") else {
            throw missing(path + ".input_schema")
        }
        collect(tool, except: toolFields, in: path + ".", into: &extras)
        return ToolDefinition(
            name: try required(tool, "name", in: path + "."),
            description: try string(tool, "description", in: path + "."),
            parameters: Array(schema.raw), strict: try bool(tool, "strict", in: path + "."))
    }

    private func readToolChoice(_ root: JSONValue, _ prompt: inout Prompt) throws(APIFailure) {
        guard let choice = try object(root, "tool_choice") else { return }
        switch try required(choice, "type", in: "tool_choice.") {
        case "auto": prompt.toolChoice = .auto
        case "any": prompt.toolChoice = .required
        case "none": prompt.toolChoice = ToolChoice.none
        case "tool": prompt.toolChoice = .named(try required(choice, "name", in: "tool_choice."))
        default: throw invalid("tool_choice.type", expected: "'auto', 'any', 'tool' or 'none'")
        }
        let disabled = try bool(choice, "disable_parallel_tool_use", in: "tool_choice.")
        prompt.parallelToolCalls = disabled.map { !$0 }
    }

    private func readThinking(_ root: JSONValue, _ prompt: inout Prompt) throws(APIFailure) {
        let config = try object(root, "output_config")
        var effort: String?
        var format: JSONValue?
        if let config {
            collect(config, except: ["effort", "format"], in: "output_config.", into: &prompt.extras)
            effort = try string(config, "effort", in: "output_config.")
            format = try object(config, "format", in: "output_config.")
        }
        if let thinking = try object(root, "thinking") {
            switch try required(thinking, "type", in: "thinking.") {
            case "disabled": prompt.reasoning = .off
            case "enabled":
                guard let budget = try int(thinking, "budget_tokens", in: "thinking.") else {
                    throw missing("thinking.budget_tokens")
                }
                prompt.reasoning = .budget(tokens: budget)
            case "adaptive": prompt.reasoning = .effort(effort ?? "high")
            default: prompt.extras.append(ExtraField(path: "thinking", json: Array(thinking.raw)))
            }
        } else if let effort {
            prompt.reasoning = .effort(effort)
        }
        let path = format == nil ? "output_format" : "output_config.format"
        if format == nil { format = try object(root, "output_format") }
        guard let format else { return }
        guard try required(format, "type", in: path + ".") == "json_schema" else {
            prompt.extras.append(ExtraField(path: path, json: Array(format.raw)))
            return
        }
        guard let schema = try object(format, "schema", in: path + ".") else { throw missing(path + ".schema") }
        prompt.outputFormat = .schema(name: "response", schema: Array(schema.raw), strict: true)
    }
}
