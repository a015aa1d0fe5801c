/// A chat request in neutral words: what either wire format can say and a decision may look at.
///
/// What only one format knows rides along in ``extras``, so that conversion can refuse it by name instead of losing it.
package struct Prompt: Sendable {
    /// The model or route asked for.
    package var model: String
    /// All turns in order; system and developer instructions are messages of those roles.
    package var messages: [Message]
    package var tools: [ToolDefinition]
    package var toolChoice: ToolChoice?
    /// Whether several tools may be called in one turn; nil leaves it to the provider.
    package var parallelToolCalls: Bool?
    package var outputFormat: OutputFormat
    package var maxOutputTokens: Int?
    package var temperature: Double?
    package var topP: Double?
    package var topK: Int?
    package var stop: [String]
    package var seed: Int?
    /// How hard a reasoning model should think.
    package var reasoning: ReasoningRequest?
    /// The client's own id of its end user.
    package var endUser: String?
    /// Whether the answer is to come as server-sent events.
    package var stream: Bool
    /// Whether an OpenAI stream is to end with a usage chunk (`stream_options.include_usage`).
    package var streamUsage: Bool
    /// Top-level fields without a neutral meaning.
    package var extras: [ExtraField]

    package init(
        model: String, messages: [Message], tools: [ToolDefinition] = [], toolChoice: ToolChoice? = nil,
        parallelToolCalls: Bool? = nil, outputFormat: OutputFormat = .text, maxOutputTokens: Int? = nil,
        temperature: Double? = nil, topP: Double? = nil, topK: Int? = nil, stop: [String] = [], seed: Int? = nil,
        reasoning: ReasoningRequest? = nil, endUser: String? = nil, stream: Bool = false, streamUsage: Bool = false,
        extras: [ExtraField] = []
    ) {
        self.model = model
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.parallelToolCalls = parallelToolCalls
        self.outputFormat = outputFormat
        self.maxOutputTokens = maxOutputTokens
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.stop = stop
        self.seed = seed
        self.reasoning = reasoning
        self.endUser = endUser
        self.stream = stream
        self.streamUsage = streamUsage
        self.extras = extras
    }
}

/// A field of a wire format that has no neutral meaning: its path, such as `logit_bias` or `messages[2].audio`.
package struct ExtraField: Hashable, Sendable {
    package let path: String
    /// The value as it was sent.
    package let json: [UInt8]

    package init(path: String, json: [UInt8]) {
        self.path = path
        self.json = json
    }
}

/// A tool the model may call.
package struct ToolDefinition: Hashable, Sendable {
    package var name: String
    package var description: String?
    /// The JSON Schema of the arguments, as it was sent.
    package var parameters: [UInt8]
    /// Whether the provider must hold the arguments to the schema.
    package var strict: Bool?

    package init(name: String, description: String? = nil, parameters: [UInt8], strict: Bool? = nil) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.strict = strict
    }
}

/// Whether and which tool is to be called.
package enum ToolChoice: Hashable, Sendable {
    case auto, none, required
    case named(String)
}

/// The form the answer must have.
package enum OutputFormat: Hashable, Sendable {
    case text
    /// Any JSON object.
    case json
    /// JSON that fits a schema, given as it was sent.
    case schema(name: String, schema: [UInt8], strict: Bool)
}

/// How hard a reasoning model should think: by word (OpenAI) or by a budget of tokens (Anthropic).
package enum ReasoningRequest: Hashable, Sendable {
    case effort(String)
    case budget(tokens: Int)
    case off
}
