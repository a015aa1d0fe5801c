package import Dialogue
package import JSON

/// A model's answer as recordings write it: text, or a list of tool calls.
package struct RecordedAnswer: Hashable, Sendable {
    package var text: String
    package var toolCalls: [ToolCall]

    /// Reads a string, or a list of calls, each `{"name": arguments}` with the arguments as JSON or as JSON text, or
    /// `{"name", "arguments"}`, or with both in `function`; nil for anything else.
    package init?(_ response: JSONValue) {
        if let text = response.string {
            (self.text, toolCalls) = (text, [])
            return
        }
        guard let elements = response.elements else { return nil }
        var calls: [ToolCall] = []
        for element in elements {
            let call = element["function"] ?? element
            if let name = call["name"]?.string {
                calls.append(Self.call(calls.count, name, call["arguments"]))
            } else if let member = call.members?.first(where: { _ in true }) {
                calls.append(Self.call(calls.count, member.name, member.value))
            } else {
                return nil
            }
        }
        (text, toolCalls) = ("", calls)
    }

    private static func call(_ index: Int, _ name: String, _ arguments: JSONValue?) -> ToolCall {
        let written = arguments.map { $0.string ?? String(decoding: $0.raw, as: UTF8.self) } ?? "{}"
        return ToolCall(id: "call-\(index)", name: name, arguments: written)
    }
}

/// The prompt of a recording: its text as one user turn, and its tools, one or a list.
package enum RecordedRequest {
    package static func prompt(_ text: String, tools: JSONValue?) -> Prompt {
        var prompt = Prompt(model: "auto", messages: [Message(role: .user, text: text)])
        let definitions = tools.map { $0.elements.map(Array.init) ?? [$0] } ?? []
        prompt.tools = definitions.compactMap { listed in
            let tool = listed["function"] ?? listed
            return tool["name"]?.string.map { name in
                let parameters = tool["parameters"] ?? tool["input_schema"]
                return ToolDefinition(
                    name: name, description: tool["description"]?.string,
                    parameters: parameters.map { Array($0.raw) } ?? Array("{}".utf8))
            }
        }
        return prompt
    }
}
