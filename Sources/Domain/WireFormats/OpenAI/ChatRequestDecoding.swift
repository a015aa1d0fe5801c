import Dialogue
import JSON

private let requestFields: [StaticString] = [
    "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "response_format", "max_tokens",
    "max_completion_tokens", "temperature", "top_p", "stop", "seed", "reasoning_effort", "user", "stream",
    "stream_options",
]
private let messageFields: [StaticString] = [
    "role", "content", "tool_calls", "tool_call_id", "refusal", "reasoning_content",
]
private let toolFields: [StaticString] = ["type", "function"]
private let functionFields: [StaticString] = ["name", "description", "parameters", "strict"]
private let formatFields: [StaticString] = ["name", "schema", "strict"]

extension FieldReader {
    func chatPrompt(_ root: JSONValue) throws(APIFailure) -> Prompt {
        var extras: [ExtraField] = []
        let model = try required(root, "model")
        let turns = try turns(root)
        var messages: [Message] = []
        messages.reserveCapacity(turns.count)
        for (index, turn) in turns.enumerated() {
            messages.append(try chatMessage(turn, "messages[\(index)].", &extras))
        }
        var tools: [ToolDefinition] = []
        if let elements = try array(root, "tools") {
            for (index, tool) in elements.enumerated() {
                if let tool = try chatTool(tool, "tools[\(index)]", &extras) { tools.append(tool) }
            }
        }
        let toolChoice = try chatToolChoice(root, &extras)
        let parallelToolCalls = try bool(root, "parallel_tool_calls")
        let outputFormat = try chatOutputFormat(root, &extras)
        let maxOutputTokens = try int(
            root, root.present("max_completion_tokens") == nil ? "max_tokens" : "max_completion_tokens")
        let temperature = try number(root, "temperature")
        let topP = try number(root, "top_p")
        let stop = try chatStop(root)
        let seed = try int(root, "seed")
        let effort = try string(root, "reasoning_effort")
        let endUser = try string(root, "user")
        let stream = try bool(root, "stream") ?? false
        var streamUsage = false
        if let options = try object(root, "stream_options") {
            streamUsage = try bool(options, "include_usage", in: "stream_options.") ?? false
        }
        collect(root, except: requestFields, into: &extras)
        return Prompt(
            model: model, messages: messages, tools: tools, toolChoice: toolChoice,
            parallelToolCalls: parallelToolCalls, outputFormat: outputFormat, maxOutputTokens: maxOutputTokens,
            temperature: temperature, topP: topP, stop: stop, seed: seed,
            reasoning: effort.map { $0 == "none" ? .off : .effort($0) }, endUser: endUser, stream: stream,
            streamUsage: streamUsage, extras: extras)
    }

    private func chatStop(_ root: JSONValue) throws(APIFailure) -> [String] {
        guard let stop = root.present("stop") else { return [] }
        if let one = stop.string { return [one] }
        guard let several = stop.elements else { throw wrongType("stop", expected: "a string or an array") }
        return try strings(several, at: "stop")
    }

    private func chatMessage(
        _ turn: JSONValue, _ path: @autoclosure () -> String, _ extras: inout [ExtraField]
    ) throws(APIFailure) -> Message {
        guard turn.isObject else { throw wrongType(String(path().dropLast()), expected: "an object") }
        let name = try required(turn, "role", in: path())
        let content = try chatContent(turn, path(), &extras)
        if name == "function" {
            extras.append(ExtraField(path: path() + "role", json: Array(#""function""#.utf8)))
            return Message(role: .user, content: content)
        }
        guard let role = Message.Role(rawValue: name) else {
            throw invalid(path() + "role", expected: "one of 'system', 'developer', 'user', 'assistant' and 'tool'")
        }
        collect(turn, except: messageFields, in: path(), into: &extras)
        switch role {
        case .tool:
            let id = try required(turn, "tool_call_id", in: path())
            return Message(role: .tool, content: [.toolResult(ToolResult(callID: id, content: content))])
        case .assistant:
            var parts: [ContentPart] = []
            if let thought = try string(turn, "reasoning_content", in: path()) {
                parts.append(.thinking(text: thought, signature: nil))
            }
            parts += content
            if let refusal = try string(turn, "refusal", in: path()) { parts.append(.refusal(refusal)) }
            if let calls = try array(turn, "tool_calls", in: path()) {
                for (index, call) in calls.enumerated() {
                    parts.append(try chatToolCall(call, "\(path())tool_calls[\(index)]"))
                }
            }
            return Message(role: role, content: parts)
        case .system, .developer, .user:
            return Message(role: role, content: content)
        }
    }

    private func chatContent(
        _ turn: JSONValue, _ path: @autoclosure () -> String, _ extras: inout [ExtraField]
    ) throws(APIFailure) -> [ContentPart] {
        guard let value = turn.present("content") else { return [] }
        if let text = value.string { return [.text(text)] }
        guard let elements = value.elements else {
            throw wrongType(path() + "content", expected: "a string or an array of content parts")
        }
        var parts: [ContentPart] = []
        for part in elements {
            parts.append(try chatPart(part, "\(path())content[\(parts.count)].", &extras))
        }
        return parts
    }

    private func chatPart(
        _ part: JSONValue, _ path: @autoclosure () -> String, _ extras: inout [ExtraField]
    ) throws(APIFailure) -> ContentPart {
        let type = try required(part, "type", in: path())
        switch type {
        case "text":
            collect(part, except: ["type", "text"], in: path(), into: &extras)
            return .text(try required(part, "text", in: path()))
        case "refusal": return .refusal(try required(part, "refusal", in: path()))
        case "image_url":
            guard let image = try object(part, "image_url", in: path()) else { throw missing(path() + "image_url") }
            let url = try required(image, "url", in: path() + "image_url.")
            collect(part, except: ["type", "image_url"], in: path(), into: &extras)
            return .image(ImageSource(url: url, detail: try string(image, "detail", in: path() + "image_url.")))
        default: return .other(type: type, json: Array(part.raw))
        }
    }

    private func chatToolCall(_ call: JSONValue, _ path: String) throws(APIFailure) -> ContentPart {
        guard let function = try object(call, "function", in: path + ".") else {
            return .other(type: try string(call, "type", in: path + ".") ?? "tool_call", json: Array(call.raw))
        }
        return .toolCall(
            ToolCall(
                id: try required(call, "id", in: path + "."),
                name: try required(function, "name", in: path + ".function."),
                arguments: try string(function, "arguments", in: path + ".function.") ?? ""))
    }

    private func chatTool(
        _ tool: JSONValue, _ path: String, _ extras: inout [ExtraField]
    ) throws(APIFailure) -> ToolDefinition? {
        guard tool.isObject else { throw wrongType(path, expected: "an object") }
        guard try string(tool, "type", in: path + ".") ?? "function" == "function" else {
            extras.append(ExtraField(path: path, json: Array(tool.raw)))
            return nil
        }
        guard let function = try object(tool, "function", in: path + ".") else { throw missing(path + ".function") }
        collect(tool, except: toolFields, in: path + ".", into: &extras)
        collect(function, except: functionFields, in: path + ".function.", into: &extras)
        return ToolDefinition(
            name: try required(function, "name", in: path + ".function."),
            description: try string(function, "description", in: path + ".function."),
            parameters: try object(function, "parameters", in: path + ".function.").map { Array($0.raw) }
                ?? Array(#"{"type":"object","properties":{}}"#.utf8),
            strict: try bool(function, "strict", in: path + ".function."))
    }

    private func chatToolChoice(_ root: JSONValue, _ extras: inout [ExtraField]) throws(APIFailure) -> ToolChoice? {
        guard let choice = root.present("tool_choice") else { return nil }
        if let word = choice.string {
            switch word {
            case "auto": return .auto
            case "none": return ToolChoice.none
            case "required", "any": return .required
            default:
                throw invalid("tool_choice", expected: "'none', 'auto', 'required' or a function's name in an object")
            }
        }
        guard choice.isObject else { throw wrongType("tool_choice", expected: "a string or an object") }
        guard let function = choice.present("function") else {
            extras.append(ExtraField(path: "tool_choice", json: Array(choice.raw)))
            return nil
        }
        return .named(try required(function, "name", in: "tool_choice.function."))
    }

    private func chatOutputFormat(_ root: JSONValue, _ extras: inout [ExtraField]) throws(APIFailure) -> OutputFormat {
        guard let format = try object(root, "response_format") else { return .text }
        switch try required(format, "type", in: "response_format.") {
        case "text": return .text
        case "json_object": return .json
        case "json_schema":
            guard let wanted = try object(format, "json_schema", in: "response_format.") else {
                throw missing("response_format.json_schema")
            }
            collect(wanted, except: formatFields, in: "response_format.json_schema.", into: &extras)
            guard let schema = try object(wanted, "schema", in: "response_format.json_schema.") else {
                throw missing("response_format.json_schema.schema")
            }
            return .schema(
                name: try required(wanted, "name", in: "response_format.json_schema."), schema: Array(schema.raw),
                strict: try bool(wanted, "strict", in: "response_format.json_schema.") ?? false)
        default:
            extras.append(ExtraField(path: "response_format", json: Array(format.raw)))
            return .text
        }
    }
}

extension ImageSource {
    /// A link, or the picture itself in a `data:` URL with base64 (RFC 2397).
    init(url: String, detail: String?) {
        if url.hasPrefix("data:"), let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")) {
            let head = url[url.index(url.startIndex, offsetBy: 5)..<comma]
            if head.hasSuffix(";base64") {
                let type = head.prefix { $0 != ";" }
                self = .base64(String(url[url.utf8.index(after: comma)...]), mediaType: String(type), detail: detail)
                return
            }
        }
        self = .url(url, detail: detail)
    }
}
