package import Dialogue
package import JSON

/// A model's answer as recordings write it: text, or a list of tool calls.
package struct RecordedAnswer: Hashable, Sendable {
    package var text: String
    package var toolCalls: [ToolCall]

    /// Reads a string, a list of texts and calls, one call, or a message of OpenAI's or Anthropic's; nil for anything else.
    ///
    /// A call is `{"name": arguments}` with the arguments as JSON or as JSON text, or `{"name", "arguments"}` (`input`, `args` or
    /// `parameters` for the latter), or has both in `function`; its name is read as providers write it. `null` is an answer
    /// without text.
    package init?(_ response: JSONValue) {
        (text, toolCalls) = ("", [])
        if let text = response.string {
            self.text = text
        } else if let elements = response.elements {
            for element in elements { guard add(element) else { return nil } }
        } else if response.isObject {
            guard add(response) else { return nil }
        } else if !response.isNull {
            return nil
        }
    }

    private mutating func add(_ element: JSONValue) -> Bool {
        if let words = element.string {
            text += words
            return true
        }
        if element["type"]?.equals("text") == true, let words = element["text"]?.string {
            text += words
            return true
        }
        if element["role"] != nil || element["tool_calls"] != nil { return add(message: element) }
        let call = (element["function"] ?? element["functionCall"]).flatMap { $0.isObject ? $0 : nil } ?? element
        if let name = call["name"]?.string {
            add(name, call["arguments"] ?? call["input"] ?? call["args"] ?? call["parameters"])
        } else if let members = call.members {
            for member in members {
                guard member.value.isObject || member.value.isString else { return false }
                add(member.name, member.value)
            }
        } else {
            return false
        }
        return true
    }

    private mutating func add(message: JSONValue) -> Bool {
        for name in ["content", "tool_calls"] {
            guard let value = message[member: name], !value.isNull else { continue }
            guard let part = RecordedAnswer(value) else { return false }
            text += part.text
            for call in part.toolCalls { add(call.name, written: call.arguments) }
        }
        return true
    }

    private mutating func add(_ name: String, _ arguments: JSONValue?) {
        add(name, written: arguments.map { $0.string ?? String(decoding: $0.raw, as: UTF8.self) } ?? "{}")
    }

    private mutating func add(_ name: String, written: String) {
        toolCalls.append(
            ToolCall(id: "call-\(toolCalls.count)", name: RecordedTool.providerName(name), arguments: written))
    }
}
