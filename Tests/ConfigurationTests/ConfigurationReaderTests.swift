import Admission
import Catalog
import Configuration
import Dialogue
import HTTPMessages
import Routing
import Testing

private func model(_ name: String, _ provider: String, _ grade: Int?, _ price: Int64?) -> CatalogModel {
    CatalogModel(
        name: ModelName(name), provider: ProviderName(provider), grade: grade,
        prices: price.map { ModelPrices(input: Picodollars($0), output: Picodollars($0 * 4)) }, contextTokens: 100_000,
        maxOutputTokens: nil, capabilities: [.tools])
}

private let catalog = CatalogSource([
    model("gpt-small", "openai", 2, 150_000), model("gpt-large", "openai", 5, 2_500_000),
    model("gpt-old", "openai", nil, 1_000_000), model("gpt-secret", "openai", nil, nil),
    model("claude-mid", "anthropic", 4, 3_000_000), model("gemini-pro", "gemini", 4, 1_250_000),
    model("gemini-old", "gemini", nil, 500_000), model("openai/oss", "groq", 2, 100_000),
])
private let environment = ["OPENAI_API_KEY": "sk-hidden"]

private func read(
    _ text: String, environment: [String: String] = environment, listen: String? = nil
) throws -> GatewayConfiguration {
    try ConfigurationReader(environment: environment, catalog: catalog)
        .read(Array(text.utf8), name: "f.yaml", overrides: .init(listen: listen))
}

private func mistakes(_ text: String) -> [String] {
    do {
        _ = try read(text)
        return []
    } catch let error as ConfigurationError {
        return error.lines
    } catch {
        return ["\(error)"]
    }
}

struct ConfigurationReaderTests {
    @Test func `needs no file where the environment holds a key`() throws {
        let configuration = try read("")
        #expect(configuration.providers.keys.map(\.text) == ["openai"])
        #expect(configuration.providers[ProviderName("openai")]?.baseURL == "https://api.openai.com/v1")
        let auto = try #require(configuration.route(for: "auto"))
        #expect(auto.candidates.map(\.model.name.text) == ["gpt-small", "gpt-large"])
        #expect(configuration.listen.isLoopback)
    }

    @Test(arguments: [
        ("openai", "OPENAI_BASE_URL", "http://127.0.0.1:9/v1/", "http://127.0.0.1:9/v1"),
        ("openai", "OPENAI_BASE_URL", "http://127.0.0.1:9", "http://127.0.0.1:9"),
        ("openai", "OPENAI_BASE_URL", "https://proxy.example/openai//", "https://proxy.example/openai"),
        ("anthropic", "ANTHROPIC_BASE_URL", "https://proxy.example/", "https://proxy.example"),
        ("groq", "GROQ_BASE_URL", "https://proxy.example", "https://proxy.example/openai/v1"),
        ("groq", "GROQ_BASE_URL", "https://proxy.example/openai/v1/", "https://proxy.example/openai/v1"),
        ("cerebras", "CEREBRAS_BASE_URL", "https://proxy.example/", "https://proxy.example/v1"),
        ("together_ai", "TOGETHER_BASE_URL", "https://proxy.example/v1", "https://proxy.example/v1"),
        ("ollama", "OLLAMA_HOST", "127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("ollama", "OLLAMA_HOST", "http://127.0.0.1:11434/", "http://127.0.0.1:11434/v1"),
    ])
    func `honours base addresses as the SDKs do`(_ name: String, _ variable: String, _ value: String, _ base: String)
        throws
    {
        for text in ["", "providers:\n  \(name):\n"] {
            let provider = try read(text, environment: [variable: value]).providers[ProviderName(name)]
            #expect(provider?.baseURL == base)
            #expect(provider?.key == nil)
        }
    }

    @Test func `sends the organisation and the project that the SDK would send`() throws {
        let environment = ["OPENAI_API_KEY": "sk", "OPENAI_ORG_ID": "org-1", "OPENAI_PROJECT_ID": ""]
        for text in ["", "providers:\n  openai: { headers: { x-team: blue } }"] {
            let headers = try read(text, environment: environment).providers[ProviderName("openai")]?.headers ?? [:]
            #expect(headers["openai-organization"]?.reveal() == "org-1")
            #expect(headers["openai-project"] == nil)
            #expect(headers["x-team"]?.reveal() == (text.isEmpty ? nil : "blue"))
        }
    }

    @Test(arguments: [
        ("", "http://127.0.0.1:4141/v1", true), ("", "http://localhost:4141", true),
        ("", "http://127.0.0.1:4142/v1", false),
        ("listen: 127.0.0.1:9", "http://[::1]:9/v1", true), ("listen: 127.0.0.1:9", "http://127.0.0.1:4141/v1", false),
        ("", "https://api.example/v1", false),
    ])
    func `is no provider of its own`(_ text: String, _ address: String, _ isOwn: Bool) throws {
        var lines: [String] = []
        do {
            _ = try read(text, environment: ["OPENAI_BASE_URL": address])
        } catch let error as ConfigurationError {
            lines = error.lines
        }
        let listens = text.isEmpty ? "127.0.0.1:4141" : "127.0.0.1:9"
        let line =
            "OPENAI_BASE_URL: \(address) is this gateway itself, which listens on \(listens); unset it for the gateway, it is "
            + "for its clients"
        #expect(lines == (isOwn ? [line] : []))
    }

    @Test func `reads a whole file`() throws {
        let configuration = try read(
            """
            providers:
              openai:
              anthropic: { key: "${OPENAI_API_KEY}" }
              local: { base_url: http://10.0.0.5:8000/v1, headers: { x-team: blue } }
            models:
              llama: { provider: local, upstream: meta/llama, price: { input: 0.05, output: $0.10 }, grade: 2, aliases: [l] }
              gpt-small: { price: { input: 0.10, output: 0.40, cache_read: 0.0055 } }
            routes:
              auto/support: { candidates: [llama, openai/gpt-large], baseline: openai/gpt-large, grades: { support: 5 }, rewrites: [gpt-4], annotate: false }
            keys:
              - { name: team, sha256: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, routes: [auto/support] }
            listen: { address: 0.0.0.0:80, max_body: 2 MB }
            data: /tmp/x
            journal: { sync: true }
            log: debug
            """)
        let route = try #require(configuration.route(for: "gpt-4"))
        #expect(route.name == RouteName("auto/support"))
        #expect(route.candidates.map(\.upstreamName) == ["meta/llama", "gpt-large"])
        #expect(route.baseline == 1)
        #expect(route.grades[.support] == 5 && route.grades[.code] == 3)
        #expect(!route.annotate)
        #expect(configuration.candidate(forModel: "l")?.prices.input == Picodollars(50_000))
        #expect(configuration.candidate(forModel: "gpt-small")?.prices.cacheRead == Picodollars(5_500))
        #expect(configuration.candidate(forModel: "openai/gpt-old")?.model.grade == nil)
        #expect(configuration.candidate(forModel: "gpt-secret") == nil)
        #expect(configuration.candidate(forModel: "nobody/gpt-small") == nil)
        #expect(configuration.providers[ProviderName("local")]?.headers["x-team"]?.reveal() == "blue")
        #expect(configuration.providers[ProviderName("anthropic")]?.format == "anthropic")
        #expect(configuration.listen.port == 80 && configuration.listen.maxBody == 2_000_000)
        #expect(configuration.journalSync && configuration.logLevel == "debug" && configuration.dataFolder == "/tmp/x")
        let fields = HTTPFields(["x-api-key": "abc"])
        #expect(
            try configuration.access.admit(HTTPRequest(method: "GET", target: "/", fields: fields)).name.text == "team")
    }

    @Test(arguments: [
        ("provders: {}", "1:1: provders: unknown setting; did you mean 'providers'?"),
        ("providers:\n  mine: {}", "2:3: providers.mine: needs 'base_url', such as http://127.0.0.1:8000/v1"),
        (
            "providers:\n  mine: { base_url: http://example.com/v1 }",
            "2:11: providers.mine.base_url: plain http beyond this machine and private addresses; use https:// or say "
                + "allow_http: true"
        ),
        (
            "providers:\n  openai: { key_env: NOPE }",
            "2:13: providers.openai.key_env: the environment variable NOPE is not set; export it before the start"
        ),
        (
            "models:\n  my-model: {}",
            "2:3: models.my-model: has no known price; give it one: my-model: { price: { input: 0.15, output: 0.60 } }"
        ),
        (
            "models:\n  m:\n    price: { input: 0, output: 0 }",
            "3:5: models.m.price: a price of zero would win every time; if it is meant, say free: true instead"
        ),
        (
            "routes:\n  r: { candidates: [gpt-smal] }",
            "2:21: routes.r.candidates[0]: there is no model 'gpt-smal'; did you mean 'gpt-small'?; a model of your own "
                + "needs a price: models: { gpt-smal: { price: { input: 0.15, output: 0.60 } } }"
        ),
        (
            "routes:\n  r: { candidates: [claude-mid, gpt-small] }",
            "2:21: routes.r.candidates[0]: 'claude-mid' is served by anthropic, which is not among the providers; add it "
                + "there"
        ),
        (
            "keys:\n  - { name: a, sha256: zz }",
            "2:16: keys[0].sha256: should be 64 hexadecimal digits; make them with: "
                + "printf %s KEY | sha256sum"
        ),
        (
            "routes:\n  r: { shadow: 2%, shadow_budget: $5 }",
            "2:20: routes.r.shadow_budget: should be such as '$5 a day', not '$5'"
        ),
        (
            "routes:\n  r: { shadow_budget: $5 a day }",
            "2:8: routes.r.shadow_budget: limits nothing without 'shadow', the share of exchanges to compare, such as 2%"
        ),
        (
            "routes:\n  r: { checks: off, escalate: below 60% }",
            "2:21: routes.r.escalate: goes by checks, and this route says 'checks: off'; leave one of the two out"
        ),
        (
            "routes:\n  r:\n    checks: off\n    delivery: { code: held }",
            "4:5: routes.r.delivery: goes by checks, and this route says 'checks: off'; leave one of the two out"
        ),
        (
            "routes:\n  r: { shadow: 2%, checks: off }",
            "2:8: routes.r.shadow: goes by checks, and this route says 'checks: off'; leave one of the two out"
        ),
        ("routes:\n  r: { checks: some }", "2:8: routes.r.checks: should be one of on, off, not 'some'"),
        (
            "routes:\n  r: { saving: 50%, until_certified: baseline }",
            "2:21: routes.r.until_certified: waits for ever: only 'quality: within …' is ever certified"
        ),
        (
            "routes:\n  r: { quality: good }",
            "2:8: routes.r.quality: should be such as 'within 2 points of gpt-4o', not 'good'"
        ),
        (
            "routes:\n  r: { candidates: [gpt-small], quality: within 2 points of gpt-large }",
            "2:33: routes.r.quality: compares with 'gpt-large', which is none of the route's candidates; list it there"
        ),
        (
            "routes:\n  r: { baseline: gpt-small, quality: within 2 points of gpt-large }",
            "2:29: routes.r.quality: compares with another model than 'baseline' does; leave one of them out"
        ),
        (
            "routes:\n  r: { saving: 0.8 }",
            "2:8: routes.r.saving: should be such as 20%, from 1% to 99%, not '0.8'"
        ),
        (
            "routes:\n  r: { value: much }",
            "2:8: routes.r.value: should be what a right answer is worth in dollars, such as $0.02, not 'much'"
        ),
        (
            "routes:\n  r: { value: 2, saving: 20% }",
            "2:3: routes.r: can want one thing: keep one of 'quality', 'saving' and 'value'"
        ),
        (
            "certificate: c.json",
            "1:1: certificate: says nothing without the predictor that it is about; name it under 'predictor'"
        ),
        ("retain: 400", "1:1: retain: should be 1 to 36500 days, such as 400 days, not '400'"),
        ("retain: 0 days", "1:1: retain: should be 1 to 36500 days, such as 400 days, not '0 days'"),
        (
            "providers:\n\ta: {}",
            "2:1: not YAML: found character that cannot start any token; indent with blanks, not with tabs"
        ),
        (
            "listen: 0.0.0.0:80",
            "1:1: listen: without keys only this machine may call, yet 0.0.0.0 is no loopback address; add 'keys:' or "
                + "listen on 127.0.0.1"
        ),
    ])
    func `explains each mistake with line, place and remedy`(_ text: String, _ line: String) {
        #expect(mistakes(text) == ["f.yaml:\(line)"])
    }

    @Test(arguments: [("400 days", 400), ("1 day", 1), ("30d", 30)])
    func `exchanges are kept as long as is said, for ever by default`(_ text: String, _ days: Int) throws {
        #expect(try read("retain: \(text)").retention == days)
        #expect(try read("").retention == nil)
    }

    @Test func `a flag that is wrong is named, and not the file`() {
        let error = #expect(throws: ConfigurationError.self) { try read("", listen: "0.0.0.0:80") }
        #expect(error?.lines.first?.hasPrefix("--listen or FARTHING_LISTEN: without keys") == true)
    }

    @Test func `tells all mistakes at once, and no secret`() {
        let lines = mistakes("log: loud\nlisten: nowhere\nproviders:\n  openai: { key: \"sk-hidden${NOPE}\" }\n")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { !$0.contains("hidden") })
    }

    @Test(
        arguments: [
            ("annotate: true", .standard), ("quality: within 2 points", .quality(loss: 0.02)),
            ("quality: within 1 point of gpt-small", .quality(loss: 0.01)), ("saving: 80%", .saving(0.8)),
            ("value: $0.02", .value(Nanodollars(20_000_000))), ("value: 3", .value(Nanodollars(3_000_000_000))),
        ] as [(String, Wish)])
    func `reads what a route wants`(text: String, wish: Wish) throws {
        let configuration = try read("routes:\n  r: { candidates: [gpt-small, gpt-large], explore: 5%, \(text) }")
        let route = try #require(configuration.route(for: "r"))
        #expect(route.wish == wish)
        #expect(route.exploration == 0.05)
        #expect(route.baseline == (text.hasSuffix("gpt-small") ? 0 : nil))
    }

    @Test(arguments: [
        ("", true), ("checks: on, escalate: below 60%", true), ("checks: off", false),
        ("checks: off, escalate: off, delivery: streamed, review: off, saving: 50%", false),
    ])
    func `a route may have no answer looked at, and then asks nobody else`(_ text: String, _ looks: Bool) throws {
        let route = try #require(try read("routes:\n  r: { \(text) }").route(for: "r"))
        #expect(route.looksAtAnswers == looks)
        #expect((route.escalation != nil) == looks)
    }

    @Test func `lets the command line win over the file`() throws {
        #expect(try read("listen: 127.0.0.1:1", listen: "127.0.0.1:2").listen.port == 2)
        #expect(throws: ConfigurationError.self) { try read("", listen: "0.0.0.0:2") }
        #expect(throws: ConfigurationError.self) { try read("", listen: "nonsense") }
    }

    @Test func `takes a free model at the operator's word`() throws {
        let configuration = try read("models: { m: { free: true } }")
        #expect(configuration.candidate(forModel: "m")?.prices.input == .zero)
        #expect(configuration.route(for: "auto")?.candidates.count == 2)
    }

    @Test func `names a file that is missing`() {
        let reader = ConfigurationReader(environment: [:], catalog: catalog)
        let error = #expect(throws: ConfigurationError.self) { try reader.read(file: "/nowhere/f.yaml") }
        #expect(error?.lines == ["/nowhere/f.yaml: there is no such file; name another with --config"])
    }

    @Test func `a reload takes over everything but what names a restart`() throws {
        let running = try read("listen: { address: '[::1]:4000', origins: ['https://a.example'] }")
        let text = """
            listen: { address: '127.0.0.1:4001', max_connections: 7, origins: ['https://b.example'] }
            limits: { header: 1s }
            journal: { sync: true }
            routes: { cheap: { candidates: [gpt-small] } }
            """
        let (reloaded, deferred) = try read(text).reloaded(over: running)
        #expect(deferred == ["listen.address", "listen.max_connections", "limits", "journal.sync"])
        #expect(reloaded.listen.host == "::1" && reloaded.listen.port == 4000 && !reloaded.journalSync)
        #expect(reloaded.listen.origins == ["https://b.example"])
        #expect(reloaded.route(for: "cheap") != nil && running.route(for: "cheap") == nil)
        #expect(try read(text).reloaded(over: read(text)).deferred == [])
    }

    @Test(
        arguments: [
            ("annotate: true", nil), ("shadow: 2%", Shadowing(share: 0.02)),
            ("shadow: 2%, shadow_uncertified: 10%", Shadowing(share: 0.02, uncertifiedShare: 0.1)), ("shadow: 0%", nil),
            ("shadow: 20%, shadow_budget: $0.5 a day", Shadowing(share: 0.2, budget: Nanodollars(500_000_000))),
        ] as [(String, Shadowing?)])
    func `reads how often answers are compared`(text: String, shadowing: Shadowing?) throws {
        let configuration = try read("providers:\n  openai:\nroutes:\n  r: { \(text) }")
        #expect(configuration.routes[RouteName("r")]?.shadowing == shadowing)
        #expect(configuration.routes[RouteName("r")]?.interim == .estimates)
    }
}
