package import Dialogue
package import Settings

/// How to reach a provider.
package struct ProviderSettings: Hashable, Sendable {
    package var name: ProviderName
    /// The wire format it speaks, `openai` or `anthropic`.
    package var format: String
    /// Where its API begins, without a slash at the end: `https://api.openai.com/v1`.
    package var baseURL: String
    /// nil for providers that ask for none.
    package var key: Secret?
    /// Fields that every request to it carries.
    package var headers: [String: Secret]
    /// The models that it offers here, by their names at the provider; nil for all.
    package var models: Set<ModelName>?
    /// Whether it can be asked how sure its models are of their tokens.
    package var tellsTokenProbabilities: Bool

    package init(
        name: ProviderName, format: String, baseURL: String, key: Secret? = nil, headers: [String: Secret] = [:],
        models: Set<ModelName>? = nil, tellsTokenProbabilities: Bool = false
    ) {
        self.name = name
        self.format = format
        self.baseURL = baseURL
        self.key = key
        self.headers = headers
        self.models = models
        self.tellsTokenProbabilities = tellsTokenProbabilities
    }
}

/// A provider that needs no configuration but a key in the environment.
///
/// Base addresses and the names of variables are kept by hand; `base_url` in farthing.yaml wins over them. The providers
/// have the names that the catalog knows them by.
package struct KnownProvider: Hashable, Sendable {
    package let name: ProviderName
    package let format: String
    package let baseURL: String
    package let keyVariable: String
    package let baseURLVariable: String?
    /// What its SDK adds to the address of that variable.
    private let path: String
    /// Variables that its SDK sends as fields with every request, by the field.
    private let fieldVariables: [String: String]

    private init(
        _ name: String, _ keyVariable: String, _ baseURL: String, format: String = "openai", at variable: String? = nil,
        path: String = "", fields: [String: String] = [:]
    ) {
        self.path = path
        fieldVariables = fields
        self.name = ProviderName(name)
        self.format = format
        self.baseURL = baseURL
        self.keyVariable = keyVariable
        self.baseURLVariable = variable
    }

    /// All of them, in the order in which they are looked for.
    package static let all: [KnownProvider] = [
        KnownProvider(
            "openai", "OPENAI_API_KEY", "https://api.openai.com/v1", at: "OPENAI_BASE_URL",
            fields: ["openai-organization": "OPENAI_ORG_ID", "openai-project": "OPENAI_PROJECT_ID"]),
        KnownProvider(
            "anthropic", "ANTHROPIC_API_KEY", "https://api.anthropic.com", format: "anthropic",
            at: "ANTHROPIC_BASE_URL"),
        KnownProvider("mistral", "MISTRAL_API_KEY", "https://api.mistral.ai/v1"),
        KnownProvider("openrouter", "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"),
        KnownProvider("gemini", "GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1beta/openai"),
        KnownProvider("deepseek", "DEEPSEEK_API_KEY", "https://api.deepseek.com/v1"),
        KnownProvider(
            "groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1", at: "GROQ_BASE_URL", path: "/openai/v1"),
        KnownProvider("xai", "XAI_API_KEY", "https://api.x.ai/v1"),
        KnownProvider("together_ai", "TOGETHER_API_KEY", "https://api.together.xyz/v1", at: "TOGETHER_BASE_URL"),
        KnownProvider("fireworks_ai", "FIREWORKS_API_KEY", "https://api.fireworks.ai/inference/v1"),
        KnownProvider(
            "cerebras", "CEREBRAS_API_KEY", "https://api.cerebras.ai/v1", at: "CEREBRAS_BASE_URL", path: "/v1"),
        KnownProvider("ollama", "OLLAMA_API_KEY", "http://127.0.0.1:11434/v1", at: "OLLAMA_HOST", path: "/v1"),
    ]

    /// The provider as an environment describes it; nil where the environment does not name it.
    ///
    /// A key is enough. A base address of one's own is enough too: servers on this machine often ask for no key.
    package func settings(in environment: [String: String]) -> ProviderSettings? {
        let key = environment[keyVariable].flatMap { $0.isEmpty ? nil : Secret($0) }
        let own = baseURLVariable.flatMap { environment[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        guard key != nil || own != nil else { return nil }
        let headers = fieldVariables.compactMapValues { environment[$0] }.filter { !$0.value.isEmpty }
        return ProviderSettings(
            name: name, format: format, baseURL: own.map(address) ?? baseURL, key: key,
            headers: headers.mapValues { Secret($0) })
    }

    /// Some SDKs add the path of OpenAI's format themselves; `OLLAMA_HOST` is a host and port.
    private func address(_ text: String) -> String {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        if keyVariable == "OLLAMA_API_KEY", !text.contains("://") { text = "http://\(text)" }
        return text.hasSuffix(path) ? text : text + path
    }
}
