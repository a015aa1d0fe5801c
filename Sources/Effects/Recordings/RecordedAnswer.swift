package import Dialogue
package import JSON

/// A model's answer as recordings write it: text, or a list of tool calls.
package struct RecordedAnswer: Hashable, Sendable {
    package var text: String
    package var toolCalls: [ToolCall]

    /// Reads a string, or a list of texts and calls; nil for anything else.
    ///
    /// A call is `{"name": arguments}` with the arguments as JSON or as JSON text, or `{"name", "arguments"}`, or has both in
    /// `function`; its name is read as providers write it.
    package init?(_ response: JSONValue) {
        if let text = response.string {
            (self.text, toolCalls) = (text, [])
            return
        }
        guard let elements = response.elements else { return nil }
        var calls: [ToolCall] = []
        text = ""
        for element in elements {
            if let words = element.string {
                text += words
                continue
            }
            let call = element["function"] ?? element
            if let name = call["name"]?.string {
                calls.append(Self.call(calls.count, name, call["arguments"]))
            } else if let members = call.members {
                for member in members { calls.append(Self.call(calls.count, member.name, member.value)) }
            } else {
                return nil
            }
        }
        toolCalls = calls
    }

    private static func call(_ index: Int, _ name: String, _ arguments: JSONValue?) -> ToolCall {
        let written = arguments.map { $0.string ?? String(decoding: $0.raw, as: UTF8.self) } ?? "{}"
        return ToolCall(id: "call-\(index)", name: RecordedTool.providerName(name), arguments: written)
    }
}

/// The prompt of a recording: its text as one user turn, and its tools, one or a list.
package enum RecordedRequest {
    package static func prompt(_ text: String, tools: JSONValue?) -> Prompt {
        var prompt = Prompt(model: "auto", messages: [Message(role: .user, text: text)])
        let definitions = tools.map { $0.elements.map(Array.init) ?? [$0] } ?? []
        prompt.tools = definitions.compactMap(RecordedTool.definition)
        return prompt
    }
}
