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
    /// For how many days exchanges are kept one by one, and then as sums; nil keeps them for ever.
    package internal(set) var retention: Int?
    /// `debug`, `info`, `warning` or `error`.
    package internal(set) var logLevel = "info"
    /// The file of a predictor, and that of a certificate about it.
    package internal(set) var predictor: String?
    package internal(set) var certificate: String?
    /// How long a drain waits for what is in flight.
    package internal(set) var grace: Duration = .seconds(30)
    /// How long to wait for providers.
    package internal(set) var timeouts = UpstreamTimeouts()
    /// What is allowed and yet probably not meant.
    package internal(set) var warnings: [String] = []
    /// Every model that can be asked for by name, in the order of providers.
    package internal(set) var models: [Candidate] = []
    /// Models by each name that clients may ask for.
    var byName: [String: Candidate] = [:]
    var catalog = CatalogSource([])

    init() {}

    /// Who may call.
    package var access: Access {
        Access(
            keys: keys, listensOnLoopback: listen.isLoopback, hosts: listen.hosts + [listen.host],
            origins: listen.origins)
    }

    /// The same settings before other providers, with their models and routes, and what is to be said of those.
    package func before(_ other: GatewayConfiguration) -> GatewayConfiguration {
        var changed = self
        (changed.providers, changed.routes) = (other.providers, other.routes)
        (changed.models, changed.byName, changed.catalog) = (other.models, other.byName, other.catalog)
        changed.warnings = other.warnings
        return changed
    }

    /// The route that answers a model name: the route of that name, else the one that rewrites it.
    package func route(for name: String) -> Route? {
        if let route = routes[RouteName(name)] { return route }
        let model = ModelName(name)
        return routes.values.filter { $0.rewrites.contains(model) }.min { $0.name.text < $1.name.text }
    }
}
