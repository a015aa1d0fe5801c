package import Dialogue
package import JSON

/// A wire format that clients and providers speak.
package enum WireFormat: String, CaseIterable, Sendable {
    /// OpenAI's `POST /v1/chat/completions`.
    case openai
    /// Anthropic's `POST /v1/messages`.
    case anthropic

    var title: String { self == .openai ? "OpenAI" : "Anthropic" }
}

/// A request in neutral words, together with the text it was read from; handed through an exchange, hence a reference.
package final class DecodedRequest: Sendable {
    package let format: WireFormat
    package let prompt: Prompt
    package let document: JSONDocument

    init(format: WireFormat, prompt: Prompt, document: JSONDocument) {
        self.format = format
        self.prompt = prompt
        self.document = document
    }
}

/// Why a format cannot carry a prompt: the field at fault, and a sentence that names the remedy.
package struct ConversionObstacle: Hashable, Sendable {
    package let path: String
    package let reason: String

    /// The failure a client is told of when no other candidate can take the prompt.
    package var failure: APIFailure {
        APIFailure(.invalidRequest, status: 400, message: reason, parameter: path, code: "unsupported_parameter")
    }
}

extension WireFormat {
    /// Reads a request.
    ///
    /// - Throws: a 400 that names the field at fault.
    package func decodeRequest(_ body: [UInt8], parser: JSONParser) throws(APIFailure) -> DecodedRequest {
        let document: JSONDocument
        do { document = try parser.parse(body) } catch {
            throw APIFailure(.invalidRequest, status: 400, message: "The request body is no valid JSON: \(error)")
        }
        let reader = FieldReader(format: self)
        guard document.root.isObject else { throw reader.wrongType("body", expected: "an object") }
        let prompt =
            switch self {
            case .openai: try reader.chatPrompt(document.root)
            case .anthropic: try reader.messagesPrompt(document.root)
            }
        return DecodedRequest(format: self, prompt: prompt, document: document)
    }

    /// Writes a prompt that came in the other format; with `tokenProbabilities` the answer shall tell them.
    ///
    /// - Throws: the 400 of ``obstacle(to:from:)`` if there is one.
    package func encodeRequest(
        _ prompt: Prompt, from source: WireFormat, model: String, tokenProbabilities: Bool = false
    ) throws(APIFailure) -> [UInt8] {
        if let obstacle = obstacle(to: prompt, from: source) { throw obstacle.failure }
        switch self {
        case .openai: return encodeChatRequest(prompt, model: model, tokenProbabilities: tokenProbabilities)
        case .anthropic: return encodeMessagesRequest(prompt, model: model)
        }
    }

    /// The client's own bytes for an upstream of the same format.
    ///
    /// Only `model` is replaced, and an OpenAI stream is made to report its usage, which the accounting needs; `turns`, of plain
    /// text, follow the conversation, and with `tokenProbabilities` the answer shall tell them.
    package func passThrough(
        _ request: DecodedRequest, model: String, followedBy turns: [Message] = [], tokenProbabilities: Bool = false
    ) -> [UInt8] {
        var name = JSONWriter(capacity: model.utf8.count + 2)
        name.string(model)
        let root = request.document.root
        var splice = JSONSplice(request.document)
        splice.set("model", in: root, to: name.bytes)
        if self == .openai && request.prompt.stream && !request.prompt.streamUsage {
            if let options = root["stream_options"], options.isObject {
                splice.set("include_usage", in: options, to: Array("true".utf8))
            } else {
                splice.set("stream_options", in: root, to: Array(#"{"include_usage":true}"#.utf8))
            }
        }
        if tokenProbabilities {
            splice.set("logprobs", in: root, to: Array("true".utf8))
            splice.set("top_logprobs", in: root, to: Array("2".utf8))
        }
        if !turns.isEmpty, let messages = root["messages"] {
            for turn in turns { splice.append(Self.plain(turn), to: messages) }
        }
        return splice.apply()
    }

    /// A turn of plain text, alike in both formats.
    private static func plain(_ turn: Message) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("role", turn.role.rawValue)
            json.member("content", turn.text)
        }
        return json.bytes
    }

    /// Reads a provider's whole answer.
    ///
    /// - Throws: a 502 if it is none.
    package func decodeCompletion(_ body: [UInt8], parser: JSONParser) throws(APIFailure) -> Completion {
        let document: JSONDocument
        do { document = try parser.parse(body) } catch { throw .unreadable }
        switch self {
        case .openai: return try decodeChatCompletion(document.root)
        case .anthropic: return try decodeMessage(document.root)
        }
    }

    /// Writes a whole answer; `created` is in seconds since 1970.
    package func encodeCompletion(_ completion: Completion, created: Int) -> [UInt8] {
        switch self {
        case .openai: encodeChatCompletion(completion, created: created)
        case .anthropic: encodeMessage(completion)
        }
    }
}

extension APIFailure {
    /// What the provider sent is not what its format promises.
    static let unreadable = APIFailure(
        .upstream, status: 502, message: "The provider's answer could not be read. Try again.",
        code: "invalid_upstream_response")
}
