internal import Catalog
internal import Dialogue
internal import Routing
internal import Settings

extension ConfigurationReader {
    /// The graded models of every provider, then what the file changes and adds.
    func readModels(_ setting: Setting?, into configuration: inout GatewayConfiguration) {
        for provider in configuration.providers.values.sorted(by: { $0.name.text < $1.name.text }) {
            for model in catalog.graded(for: provider.name) {
                guard let prices = model.prices, prices.input > .zero || prices.output > .zero else { continue }
                configuration.models.append(
                    Candidate(
                        model: model, provider: provider.name, upstreamName: model.name.text, format: provider.format,
                        prices: prices))
            }
        }
        for (name, entry) in setting?.entries("a mapping of model names") ?? [] {
            guard let candidate = model(name, entry, &configuration) else { continue }
            configuration.models.removeAll {
                $0.model.name == candidate.model.name && $0.provider == candidate.provider
            }
            configuration.models.append(candidate)
        }
        for candidate in configuration.models {
            let name = candidate.model.name.text
            configuration.byName["\(candidate.provider)/\(name)"] = candidate
            if configuration.byName[name] == nil || candidate.model.provider == candidate.provider {
                configuration.byName[name] = candidate
            }
        }
        for (alias, name) in configuration.aliases {
            configuration.byName[alias.text] = configuration.byName[name.text]
        }
    }

    static let modelNames = [
        "provider", "price", "grade", "context", "max_output", "capabilities", "upstream", "aliases", "free",
    ]

    private func model(
        _ name: String, _ setting: Setting, _ configuration: inout GatewayConfiguration
    ) -> Candidate? {
        guard let fields = setting.fields(Self.modelNames) else { return nil }
        let listed = catalog[ModelName(name)]
        guard let provider = provider(of: fields, setting, listed: listed, configuration) else { return nil }
        guard let prices = prices(name, fields, setting, listed: listed) else { return nil }
        var model =
            listed
            ?? CatalogModel(
                name: ModelName(name), provider: provider.name, grade: nil, prices: nil, contextTokens: nil,
                maxOutputTokens: nil, capabilities: [.tools, .json])
        model.prices = prices
        if let grade = fields["grade"]?.integer(in: 1...5) { model.grade = grade }
        if let tokens = fields["context"]?.integer(in: 1...1_000_000_000) { model.contextTokens = tokens }
        if let tokens = fields["max_output"]?.integer(in: 1...1_000_000_000) { model.maxOutputTokens = tokens }
        if let capabilities = fields["capabilities"] { model.capabilities = Self.capabilities(capabilities) }
        for alias in fields["aliases"]?.texts() ?? [] { configuration.aliases[ModelName(alias)] = ModelName(name) }
        return Candidate(
            model: model, provider: provider.name, upstreamName: fields["upstream"]?.text() ?? name,
            format: provider.format, prices: prices)
    }

    private func provider(
        of fields: [String: Setting], _ setting: Setting, listed: CatalogModel?, _ configuration: GatewayConfiguration
    ) -> ProviderSettings? {
        let names = configuration.providers.keys.map(\.text)
        if let named = fields["provider"]?.text() {
            if let provider = configuration.providers[ProviderName(named)] { return provider }
            fields["provider"]?.mistake(unknown("provider", named, among: names))
            return nil
        }
        if let listed, let provider = configuration.providers[listed.provider] { return provider }
        if configuration.providers.count == 1 { return configuration.providers.values.first }
        setting.mistake("say which 'provider' serves it: \(names.sorted().joined(separator: ", "))")
        return nil
    }

    private func prices(
        _ name: String, _ fields: [String: Setting], _ setting: Setting, listed: CatalogModel?
    ) -> ModelPrices? {
        if fields["free"]?.flag() == true { return ModelPrices(input: .zero, output: .zero) }
        guard let price = fields["price"] else {
            if let prices = listed?.prices, prices.input > .zero || prices.output > .zero { return prices }
            setting.mistake("has no known price; give it one: \(name): { price: { input: 0.15, output: 0.60 } }")
            return nil
        }
        guard let parts = price.fields(["input", "output", "cache_read", "cache_write", "reasoning"]) else {
            return nil
        }
        let read = parts.compactMapValues { $0.picodollarsPerToken().map(Picodollars.init) }
        guard let input = read["input"], let output = read["output"] else {
            if parts["input"] == nil || parts["output"] == nil {
                price.mistake("needs 'input' and 'output', in dollars for a million tokens")
            }
            return nil
        }
        guard input > .zero || output > .zero else {
            price.mistake("a price of zero would win every time; if it is meant, say free: true instead")
            return nil
        }
        return ModelPrices(
            input: input, output: output, cacheRead: read["cache_read"], cacheWrite: read["cache_write"],
            reasoning: read["reasoning"])
    }

    private static func capabilities(_ setting: Setting) -> Capabilities {
        let words: [String: Capabilities] = [
            "tools": .tools, "vision": .vision, "json": .json, "json_schema": .jsonSchema, "reasoning": .reasoning,
        ]
        return (setting.elements() ?? []).reduce(into: []) { result, element in
            guard let word = element.word(of: words.keys.sorted()), let capability = words[word] else { return }
            result.formUnion(capability)
        }
    }
}
