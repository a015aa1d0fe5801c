import Catalog
import Configuration
import Dialogue
import Routing
import Testing

/// Models of the shipped catalog by the names that clients, files and providers use.
struct ModelNamesTests {
    private func read(_ text: String, _ environment: [String: String] = [:]) throws -> GatewayConfiguration {
        let catalog = CatalogSource(
            find: { ModelCatalog.shipped[$0] }, graded: { ModelCatalog.shipped.graded(for: $0) })
        return try ConfigurationReader(environment: environment, catalog: catalog).read(
            Array(text.utf8), name: "f.yaml")
    }

    private func mistakes(_ text: String, _ environment: [String: String] = [:]) -> [String] {
        do {
            _ = try read(text, environment)
            return []
        } catch {
            return (error as? ConfigurationError)?.lines ?? ["\(error)"]
        }
    }

    private let open = ["OPENAI_API_KEY": "k", "GEMINI_API_KEY": "k", "GROQ_API_KEY": "k", "OPENROUTER_API_KEY": "k"]

    @Test(arguments: [
        ("gemini/gemini-2.5-pro", "gemini", "gemini-2.5-pro"), ("gemini-2.5-pro", "gemini", "gemini-2.5-pro"),
        ("groq/openai/gpt-oss-120b", "groq", "openai/gpt-oss-120b"), ("openai/gpt-4o", "openai", "gpt-4o"),
        ("gpt-4o", "openai", "gpt-4o"), ("gemini/gemini-3.6-flash", "gemini", "gemini-3.6-flash"),
    ])
    func `either form finds the model, and the provider hears its own`(
        asked: String, provider: String, upstream: String
    ) throws {
        let candidate = try #require(try read("", open).candidate(forModel: asked))
        #expect(candidate.provider == ProviderName(provider) && candidate.upstreamName == upstream)
    }

    @Test func `a pin of one provider never reaches another`() throws {
        #expect(try read("", open).candidate(forModel: "openai/gpt-oss-120b") == nil)
    }

    @Test func `every provider of the environment that is graded has candidates`() throws {
        let found = try read("", ["TOGETHER_API_KEY": "k", "MISTRAL_API_KEY": "k"])
        #expect(
            Set(found.routes[RouteName("auto")]?.candidates.map(\.provider.text) ?? []) == ["mistral", "together_ai"])
    }

    @Test func `the list price of another provider is shown and not taken`() throws {
        let message = try read("", open).absence(ofModel: "openrouter/gpt-4o")
        #expect(
            message == "'openrouter/gpt-4o': the known price is that of openai, not of openrouter; say what it costs "
                + "there: openrouter/gpt-4o: { price: { input: 2.50, output: 10.00 } } under 'models'")
        #expect(
            mistakes("models: { gpt-4o: { provider: openrouter } }", open) == [
                "f.yaml:1:11: models.gpt-4o: the known price is that of openai, not of openrouter; say what it costs "
                    + "there: gpt-4o: { price: { input: 2.50, output: 10.00 } }"
            ])
        let priced = try read("models: { openrouter/gpt-4o: { price: { input: 3, output: 11 } } }", open)
        #expect(priced.candidate(forModel: "openrouter/gpt-4o")?.prices.input == Picodollars(3_000_000))
        #expect(priced.candidate(forModel: "openrouter/gpt-4o")?.upstreamName == "gpt-4o")
        #expect(priced.candidate(forModel: "gpt-4o")?.provider == ProviderName("openai"))
    }

    @Test func `a provider offers the models of its list only`() throws {
        let found = try read("providers: { openai: { models: [gpt-4o-mini, openai/gpt-4o] } }", open)
        #expect(found.models.map(\.model.name.text) == ["gpt-4o", "gpt-4o-mini"])
        #expect(found.routes[RouteName("auto")]?.candidates.map(\.upstreamName) == ["gpt-4o-mini"])
        #expect(found.candidate(forModel: "gpt-4.1") == nil)
        #expect(
            found.absence(ofModel: "openai/gpt-4.1") == "'gpt-4.1' is not offered; add it to providers.openai.models")
        #expect(
            mistakes("providers:\n  openai:\n    models:\n    - gpt-none", open) == [
                "f.yaml:4:7: providers.openai.models[0]: 'openai/gpt-none': has no known price; give it one: "
                    + "openai/gpt-none: { price: { input: 0.15, output: 0.60 } } under 'models'"
            ])
    }

    @Test(arguments: [
        (
            "http://example.com/v1",
            [
                "OPENAI_BASE_URL: plain http beyond this machine and private addresses; "
                    + "use https:// or say allow_http: true for this provider in a file"
            ]
        ),
        ("http://192.168.0.7/v1", []), ("https://example.com", []),
    ])
    func `an address of the environment is held to the same rule`(address: String, lines: [String]) {
        #expect(mistakes("", ["OPENAI_BASE_URL": address]) == lines)
    }

    @Test func `an alias may not hide a model`() {
        #expect(
            mistakes("models:\n  gpt-4o:\n    aliases:\n    - fast\n    - gpt-4.1", open) == [
                "f.yaml:5:7: models.gpt-4o.aliases[1]: 'gpt-4.1' is a name of openai/gpt-4.1 already; choose another, or "
                    + "list it under 'rewrites' of a route"
            ])
    }

    @Test func `times have defaults and can be set`() throws {
        let found = try read("timeouts: { first_byte: 5m, idle: 500ms }\nlimits: { header: 3s }\ngrace: 0s")
        #expect(found.timeouts.connect == .seconds(10) && found.timeouts.total == .seconds(600))
        #expect(found.timeouts.firstByte == .seconds(300) && found.timeouts.idle == .milliseconds(500))
        #expect(found.listen.timeouts.header == .seconds(3) && found.listen.timeouts.body == .seconds(60))
        #expect(found.grace == .zero)
        #expect(try read("").grace == .seconds(30))
        #expect(mistakes("timeouts: { connect: soon }").count == 1)
    }
}
