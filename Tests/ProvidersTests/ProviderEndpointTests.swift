import HTTPMessages
import Providers
import Testing
import WireFormats

@Suite struct ProviderEndpointTests {
    @Test(arguments: [
        (WireFormat.openai, "https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions"),
        (.openai, "http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1/chat/completions"),
        (.anthropic, "https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
        (.anthropic, "https://proxy.example/v1", "https://proxy.example/v1/messages"),
    ])
    func `the chat endpoint follows from the SDK's base URL`(format: WireFormat, base: String, url: String) {
        let endpoint = ProviderEndpoint(name: .init("p"), format: format, baseURL: base, key: nil)
        #expect(endpoint.url == url)
    }

    @Test(arguments: WireFormat.allCases)
    func `a client's credentials never go upstream`(format: WireFormat) {
        let endpoint = ProviderEndpoint(name: .init("p"), format: format, baseURL: "http://x", key: "own-key")
        let client = HTTPFields([
            "Authorization": "Bearer client-key", "x-api-key": "client-key", "cookie": "client-key",
            "OpenAI-Organization": "client-key", "anthropic-beta": "feature",
        ])
        let sent = endpoint.callFields(client: client, speaks: format)
        let values = sent.places.map { sent.value(at: $0) }
        #expect(!values.contains { $0.contains("client-key") })
        #expect(values.contains { $0.contains("own-key") })
        #expect(sent["anthropic-beta"] == "feature")
    }
}
