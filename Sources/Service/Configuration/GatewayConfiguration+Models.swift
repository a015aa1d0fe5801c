internal import Catalog
internal import Dialogue
package import Routing
internal import Settings

extension GatewayConfiguration {
    /// The candidate that a client pins with `model` or `provider/model`; nil if the name or its price is not known.
    package func candidate(forModel name: String) -> Candidate? {
        if let known = byName[name] { return known }
        if let pin = pin(name) { return listed(pin.model, at: pin.provider) }
        if let owner = catalog[ModelName(name)].flatMap({ providers[$0.provider] }) { return listed(name, at: owner) }
        for provider in providersInOrder {
            if let candidate = listed(name, at: provider) { return candidate }
        }
        return nil
    }

    /// Why no candidate has this name, and the remedy.
    package func absence(ofModel name: String) -> String {
        if let pin = pin(name) { return absence(of: pin.model, at: pin.provider.name) }
        if let model = catalog[ModelName(name)], providers[model.provider] == nil {
            return "'\(name)' is served by \(model.provider), which is not among the providers; add it there"
        }
        let known = models.map(\.model.name.text).sorted()
        if providers.isEmpty {
            return
                "there is no model '\(name)', for no provider is configured or found in the environment; add one under "
                + "'providers', or set its key, such as OPENAI_API_KEY"
        }
        let meant = Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        return
            "there is no model '\(name)'; \(meant ?? (known.isEmpty ? "none is known" : "known: \(known.joined(separator: ", "))")); a model of your "
            + "own needs a price: models: { \(name): { price: { input: 0.15, output: 0.60 } } }"
    }

    /// Why this provider has no such candidate, and the remedy.
    func absence(of name: String, at provider: ProviderName) -> String {
        let own = catalog[name, at: provider]
        if own?.listPrices != nil { return "'\(name)' is not offered; add it to providers.\(provider).models" }
        let reason = ConfigurationReader.missingPrice(
            of: "\(provider)/\(name)", at: provider, listed: own ?? catalog[ModelName(name)])
        return "'\(provider)/\(name)': \(reason) under 'models'"
    }

    /// The providers by name.
    var providersInOrder: [ProviderSettings] { providers.values.sorted { $0.name.text < $1.name.text } }

    /// What stands before and after the first slash, if a provider of that name is configured.
    func pin(_ name: String) -> (provider: ProviderSettings, model: String)? {
        guard let slash = name.firstIndex(of: "/"), let provider = providers[ProviderName(String(name[..<slash]))]
        else { return nil }
        return (provider, String(name[name.index(after: slash)...]))
    }

    /// Names every model with its provider and, where that is clear, without.
    ///
    /// Of equal names that of a configured provider whose list price it is wins, then the first. `openai/x` as a name at
    /// another provider stays a pin of OpenAI's.
    mutating func nameModels() {
        for candidate in models { byName["\(candidate.provider)/\(candidate.model.name)"] = candidate }
        for candidate in models where pin(candidate.model.name.text) == nil {
            let name = candidate.model.name.text
            if let other = byName[name], other.isListed || !candidate.isListed { continue }
            if !candidate.isListed, let owner = providers[candidate.model.provider], listed(name, at: owner) != nil {
                continue
            }
            byName[name] = candidate
        }
    }

    /// A model of the catalog at a provider whose list price it is, unless the provider offers a few models only.
    private func listed(_ name: String, at provider: ProviderSettings) -> Candidate? {
        guard provider.models == nil else { return nil }
        return catalog[name, at: provider.name].flatMap { provider.candidate($0) }
    }
}

extension ProviderSettings {
    /// A model at its list price; nil where that is unknown.
    func candidate(_ model: CatalogModel) -> Candidate? {
        guard let prices = model.listPrices else { return nil }
        return Candidate(model: model, provider: name, upstreamName: model.name.text, format: format, prices: prices)
    }
}

extension Candidate {
    /// Whether the catalog knows the model as this provider's.
    fileprivate var isListed: Bool { model.provider == provider }
}
