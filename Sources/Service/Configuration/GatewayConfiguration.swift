package import Admission
internal import Catalog
package import Dialogue
package import Routing

/// All that the operator decided, checked and complete: one immutable value that an exchange keeps from its beginning.
package struct GatewayConfiguration: Sendable {
    package internal(set) var providers: [ProviderName: ProviderSettings] = [:]
    package internal(set) var routes: [RouteName: Route] = [:]
    package internal(set) var keys: [AccessKey] = []
    package internal(set) var listen = ListenSettings()
    package internal(set) var dataFolder = "farthing-data"
    /// Whether an answer waits for the journal to be on disk.
    package internal(set) var journalSync = false
    /// `debug`, `info`, `warning` or `error`.
    package internal(set) var logLevel = "info"
    /// How long a drain waits for what is in flight.
    package internal(set) var grace: Duration = .seconds(30)
    /// What is allowed and yet probably not meant.
    package internal(set) var warnings: [String] = []
    /// Every model that can be asked for by name, in the order of providers.
    package internal(set) var models: [Candidate] = []
    /// Further names of models.
    var aliases: [ModelName: ModelName] = [:]
    var byName: [String: Candidate] = [:]
    var catalog = CatalogSource([])

    init() {}

    /// Who may call.
    package var access: Access {
        Access(
            keys: keys, listensOnLoopback: listen.isLoopback, hosts: listen.hosts + [listen.host],
            origins: listen.origins)
    }

    /// The route that answers a model name: the route of that name, else the one that rewrites it.
    package func route(for name: String) -> Route? {
        if let route = routes[RouteName(name)] { return route }
        let model = ModelName(name)
        return routes.values.filter { $0.rewrites.contains(model) }.min { $0.name.text < $1.name.text }
    }

    /// The candidate that a client pins with `model` or `provider/model`; nil if the name or its price is not known.
    package func candidate(forModel name: String) -> Candidate? {
        if let known = byName[name] { return known }
        if let slash = name.firstIndex(of: "/") {
            let rest = String(name[name.index(after: slash)...])
            if let provider = providers[ProviderName(String(name[..<slash]))] {
                return catalogCandidate(rest, at: provider)
            }
        }
        guard let model = catalog[ModelName(name)], let provider = providers[model.provider] else { return nil }
        return catalogCandidate(name, at: provider)
    }

    /// A model of the catalog at a provider whose list price it is.
    private func catalogCandidate(_ name: String, at provider: ProviderSettings) -> Candidate? {
        guard let model = catalog[ModelName(name)], model.provider == provider.name, let prices = model.prices,
            prices.input > .zero || prices.output > .zero
        else { return nil }
        return Candidate(
            model: model, provider: provider.name, upstreamName: name, format: provider.format, prices: prices)
    }
}
