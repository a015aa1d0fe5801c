internal import Catalog
internal import Dialogue
internal import Routing
internal import Settings

extension ConfigurationReader {
    /// What each provider offers, then what the file changes and adds, then the names by which clients ask.
    ///
    /// `offered` holds the `models` lists of providers; without one a provider offers its graded models.
    func readModels(
        _ setting: Setting?, offered: [ProviderName: [Setting]], into configuration: inout GatewayConfiguration
    ) {
        for provider in configuration.providersInOrder where offered[provider.name] == nil {
            configuration.models += catalog.graded(for: provider.name).compactMap { provider.candidate($0) }
        }
        for provider in configuration.providersInOrder {
            configuration.models += (provider.models ?? []).sorted { $0.text < $1.text }
                .compactMap { name in catalog[name.text, at: provider.name].flatMap { provider.candidate($0) } }
        }
        var aliases: [(Setting, Candidate)] = []
        for (name, entry) in setting?.entries("a mapping of model names") ?? [] {
            guard let fields = entry.fields(Self.modelNames),
                let candidate = model(name, entry, fields, configuration)
            else { continue }
            configuration.models.removeAll {
                $0.model.name == candidate.model.name && $0.provider == candidate.provider
            }
            configuration.models.append(candidate)
            aliases += (fields["aliases"]?.elements() ?? []).map { ($0, candidate) }
        }
        configuration.nameModels()
        for (alias, candidate) in aliases { name(candidate, alias, &configuration) }
        for (provider, elements) in offered {
            for element in elements {
                guard let text = element.text() else { continue }
                let name = CatalogSource.bare(text, at: provider)
                guard configuration.byName["\(provider)/\(name)"] == nil else { continue }
                element.mistake(configuration.absence(of: name, at: provider))
            }
        }
    }

    static let modelNames = [
        "provider", "price", "grade", "context", "max_output", "capabilities", "upstream", "aliases", "free",
    ]

    private func name(_ candidate: Candidate, _ alias: Setting, _ configuration: inout GatewayConfiguration) {
        guard let name = alias.text() else { return }
        if let other = configuration.candidate(forModel: name) {
            alias.mistake(
                "'\(name)' is a name of \(other.provider)/\(other.model.name) already; choose another, or list it "
                    + "under 'rewrites' of a route")
        } else {
            configuration.byName[name] = candidate
        }
    }

    private func model(
        _ key: String, _ setting: Setting, _ fields: [String: Setting], _ configuration: GatewayConfiguration
    ) -> Candidate? {
        guard let provider = provider(of: key, setting, fields, configuration) else { return nil }
        let name = CatalogSource.bare(key, at: provider.name)
        let listed = catalog[name, at: provider.name] ?? catalog[ModelName(name)]
        guard let prices = prices(key, at: provider.name, fields, setting, listed: listed) else { return nil }
        var model =
            listed
            ?? CatalogModel(
                name: ModelName(name), provider: provider.name, grade: nil, prices: nil, contextTokens: nil,
                maxOutputTokens: nil, capabilities: [.tools, .json, .audio, .documents])
        model.name = ModelName(name)
        model.prices = prices
        if let grade = fields["grade"]?.integer(in: 1...5) { model.grade = grade }
        if let tokens = fields["context"]?.integer(in: 1...1_000_000_000) { model.contextTokens = tokens }
        if let tokens = fields["max_output"]?.integer(in: 1...1_000_000_000) { model.maxOutputTokens = tokens }
        if let capabilities = fields["capabilities"] { model.capabilities = Self.capabilities(capabilities) }
        return Candidate(
            model: model, provider: provider.name, upstreamName: fields["upstream"]?.text() ?? name,
            format: provider.format, prices: prices)
    }

    /// The provider that the entry names, by a setting or before a slash, else the one that is known to serve it.
    private func provider(
        of key: String, _ setting: Setting, _ fields: [String: Setting], _ configuration: GatewayConfiguration
    ) -> ProviderSettings? {
        let names = configuration.providers.keys.map(\.text)
        if let named = fields["provider"]?.text() {
            if let provider = configuration.providers[ProviderName(named)] { return provider }
            fields["provider"]?.mistake(unknown("provider", named, among: names))
            return nil
        }
        if let pin = configuration.pin(key) { return pin.provider }
        if let owner = catalog[ModelName(key)]?.provider, let provider = configuration.providers[owner] {
            return provider
        }
        if let provider = configuration.providersInOrder.first(where: { catalog[key, at: $0.name] != nil }) {
            return provider
        }
        if configuration.providers.count == 1 { return configuration.providers.values.first }
        setting.mistake("say which 'provider' serves it: \(names.sorted().joined(separator: ", "))")
        return nil
    }

    private static func capabilities(_ setting: Setting) -> Capabilities {
        let words: [String: Capabilities] = [
            "tools": .tools, "vision": .vision, "json": .json, "json_schema": .jsonSchema, "reasoning": .reasoning,
            "audio": .audio, "documents": .documents,
        ]
        return (setting.elements() ?? []).reduce(into: []) { result, element in
            guard let word = element.word(of: words.keys.sorted()), let capability = words[word] else { return }
            result.formUnion(capability)
        }
    }
}
