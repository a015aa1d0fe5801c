/// One turn of a conversation.
package struct Message: Hashable, Sendable {
    package enum Role: String, Sendable {
        case system, developer, user, assistant
        /// The results of tool calls.
        case tool
    }

    package var role: Role
    package var content: [ContentPart]

    package init(role: Role, content: [ContentPart]) {
        self.role = role
        self.content = content
    }

    /// A turn of plain text.
    package init(role: Role, text: String) {
        self.init(role: role, content: [.text(text)])
    }

    /// The text parts, joined by line breaks.
    package var text: String {
        var parts: [String] = []
        for case .text(let text) in content { parts.append(text) }
        return parts.count == 1 ? parts[0] : parts.joined(separator: "\n")
    }
}

/// A part of a turn.
package enum ContentPart: Hashable, Sendable {
    case text(String)
    case image(ImageSource)
    case toolCall(ToolCall)
    case toolResult(ToolResult)
    /// Visible reasoning of an earlier turn; the signature is opaque and only its own provider reads it.
    case thinking(text: String, signature: String?)
    case refusal(String)
    /// A part that only the client's own format knows (audio, files, citations ...), as it was sent; `type` is its name there.
    case other(type: String, json: [UInt8])
}

/// Where an image is.
package enum ImageSource: Hashable, Sendable {
    case url(String, detail: String?)
    /// Base64 text and its media type, such as `image/png`.
    case base64(String, mediaType: String, detail: String?)
}

/// A call that the model asks for.
package struct ToolCall: Hashable, Sendable {
    package var id: String
    package var name: String
    /// The arguments as JSON text, exactly as the model wrote them, be they valid or not.
    package var arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// What a tool answered.
package struct ToolResult: Hashable, Sendable {
    /// The id of the call that it answers.
    package var callID: String
    /// Text and images.
    package var content: [ContentPart]
    package var isError: Bool

    package init(callID: String, content: [ContentPart], isError: Bool = false) {
        self.callID = callID
        self.content = content
        self.isError = isError
    }
}
