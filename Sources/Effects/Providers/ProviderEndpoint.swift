package import Dialogue
package import HTTPMessages
package import WireFormats

/// Where a provider is and how it is spoken to; handed on with each call, hence a reference.
package final class ProviderEndpoint: Sendable {
    package let name: ProviderName
    package let format: WireFormat
    /// The address of its chat endpoint.
    package let url: String
    /// The gateway's own credentials and the operator's fields, sent with every call.
    package let fields: HTTPFields
    /// Whether it is asked how sure its models are of their tokens.
    package let tellsTokenProbabilities: Bool

    /// Builds the endpoint from a base URL as the provider's own SDK takes it: with `/v1` for OpenAI's format, without
    /// for Anthropic's.
    package init(
        name: ProviderName, format: WireFormat, baseURL: String, key: String?, fields: [(String, String)] = [],
        tellsTokenProbabilities: Bool = false
    ) {
        self.tellsTokenProbabilities = tellsTokenProbabilities && format.hasTokenProbabilities
        self.name = name
        self.format = format
        let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        var own = HTTPFields([
            "content-type": "application/json", "user-agent": "farthing", "accept-encoding": "identity",
        ])
        switch format {
        case .openai:
            url = base + "/chat/completions"
            if let key { own.set("authorization", "Bearer " + key) }
        case .anthropic:
            url = base.hasSuffix("/v1") ? base + "/messages" : base + "/v1/messages"
            own.set("anthropic-version", "2023-06-01")
            if let key { own.set("x-api-key", key) }
        }
        for (name, value) in fields { own.set(name, value) }
        self.fields = own
    }

    /// The fields of one call.
    ///
    /// They are the endpoint's own, and of the client's only those that select API behaviour when both sides speak the
    /// same format; a client's credentials are never among them.
    package func callFields(client: HTTPFields, speaks clientFormat: WireFormat) -> HTTPFields {
        guard clientFormat == format else { return fields }
        var all = fields
        for name in Self.forwarded {
            if let value = client[name] { all.set(name, value) }
        }
        return all
    }

    private static let forwarded = ["anthropic-version", "anthropic-beta", "openai-beta"]
}
