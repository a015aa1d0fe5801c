package import Dialogue
package import JSON
internal import WireFormats

/// The prompt of a recording: its text as one user turn, and its tools, one or a list.
package enum RecordedRequest {
    package static func prompt(_ text: String, tools: JSONValue?) -> Prompt {
        prompt(of: [Message(role: .user, text: text)], tools: tools)
    }

    /// Reads `prompt` as text or a list of turns, or `messages`, with `tools`; nil where there is none of them.
    ///
    /// Turns are OpenAI's or Anthropic's, with the results of tools among them.
    package static func prompt(of row: JSONValue) -> Prompt? {
        if let text = row["prompt"]?.string { return prompt(text, tools: row["tools"]) }
        guard let turns = row["prompt"] ?? row["messages"], turns.elements != nil else { return nil }
        var json = JSONWriter(capacity: turns.raw.count + 64)
        json.object { json in
            json.member("model", "auto")
            json.member("max_tokens", 1)
            json.member("messages", raw: turns.raw)
        }
        for format in WireFormat.allCases {
            if let read = try? format.decodeRequest(json.bytes, parser: JSONParser()) {
                return prompt(of: read.prompt.messages, tools: row["tools"])
            }
        }
        return nil
    }

    private static func prompt(of messages: [Message], tools: JSONValue?) -> Prompt {
        var prompt = Prompt(model: "auto", messages: messages)
        // Data sets keep lists as JSON text where a column holds one type.
        let written = tools?.string.flatMap { try? JSONDocument.parse(Array($0.utf8)) }?.root ?? tools
        let definitions = written.map { $0.elements.map(Array.init) ?? [$0] } ?? []
        prompt.tools = definitions.compactMap(RecordedTool.definition)
        return prompt
    }
}
