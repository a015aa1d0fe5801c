package import Admission
internal import Catalog
package import Configuration
package import Dialogue
package import HTTPClient
package import Journal
package import Ledger
package import Providers
internal import Routing
internal import Settings
internal import Synchronization
package import WireFormats

/// What one configuration means to an exchange; immutable, kept by an exchange from its beginning to its end.
package final class GatewaySnapshot: Sendable {
    package let configuration: GatewayConfiguration
    package let endpoints: [ProviderName: ProviderEndpoint]
    /// Who may call.
    package let access: Access
    /// What `GET /v1/models` lists: routes first, then models.
    package let listed: [ListedModel]
    /// What is known of models' success; nil where only their grades are known.
    package let knowledge: Knowledge?
    /// How policies stand by the pairs that were compared, by their version.
    private let standings: [String: LiveStanding]
    private let routes: [RouteName: RouteKnowledge]

    /// Prepares the endpoints of a configuration and what is known of its routes, in place of the snapshot before.
    package init(
        configuration: GatewayConfiguration, knowledge: Knowledge? = nil, before: GatewaySnapshot? = nil,
        standings: [String: LiveStanding]? = nil
    ) {
        self.configuration = configuration
        self.knowledge = knowledge
        let standings = standings ?? before?.standings ?? [:]
        self.standings = standings
        routes =
            knowledge.map { knowledge in
                configuration.routes.reduce(into: [:]) { known, route in
                    known[route.key] = RouteKnowledge(
                        knowledge, of: route.value, standings: standings, before: before?.routes[route.key])
                }
            } ?? [:]
        access = configuration.access
        listed =
            configuration.routes.keys.map(\.text).sorted().map { ListedModel(name: $0, owner: "farthing") }
            + configuration.models.map { ListedModel(name: $0.model.name.text, owner: $0.provider.text) }
        endpoints = configuration.providers.mapValues { provider in
            ProviderEndpoint(
                name: provider.name, format: WireFormat(rawValue: provider.format) ?? .openai,
                baseURL: provider.baseURL, key: provider.key?.reveal(),
                fields: provider.headers.map { ($0.key, $0.value.reveal()) },
                tellsTokenProbabilities: provider.tellsTokenProbabilities)
        }
    }
}

extension GatewaySnapshot {
    /// What is known of a route's candidates; nil where only their grades are.
    func knowledge(of route: RouteName) -> RouteKnowledge? { routes[route] }

    /// Whether another predictor would take a certificate from a route that can still get cheaper by it.
    var isEarning: Bool {
        routes.values.contains { route in
            if case .live(let standing) = route.standing { !standing.isExhausted } else { false }
        }
    }

    /// Whether a policy of a route's present version was certified and has failed.
    var hasFailed: Bool {
        routes.values.contains { route in
            route.policies.flatMap { standings[$0.version] }?.hasFailed ?? false
        }
    }

    /// The same with other certificates.
    func certified(by standings: [String: LiveStanding]) -> GatewaySnapshot {
        GatewaySnapshot(configuration: configuration, knowledge: knowledge, before: self, standings: standings)
    }
}

/// What all event loops share: the current snapshot, the journal, the metrics.
package final class GatewayState: Sendable {
    package let journal: Journal
    package let metrics: GatewayMetrics
    package let retries: RetryPolicy
    package let timeouts: ClientTimeouts
    package let ledger: any LedgerStore
    let recent = RecentExchanges()
    package let shadows = ShadowSampling()
    let drift = DriftWatch()
    package let habits = UsageHabits()
    private let current: Mutex<GatewaySnapshot>
    /// Held while a snapshot is made, so that one comes after the other and no request waits for it.
    private let changes = Mutex(())
    private let draining = Atomic(false)

    package init(
        snapshot: GatewaySnapshot, journal: Journal, ledger: any LedgerStore, metrics: GatewayMetrics,
        retries: RetryPolicy = RetryPolicy(),
        timeouts: ClientTimeouts = ClientTimeouts()
    ) {
        current = Mutex(snapshot)
        self.journal = journal
        self.ledger = ledger
        self.metrics = metrics
        self.retries = retries
        self.timeouts = timeouts
    }

    /// The snapshot that a new exchange begins with.
    package var snapshot: GatewaySnapshot { current.withLock { $0 } }

    /// Makes new exchanges begin with what is made of the snapshot, without another coming between; those under way keep
    /// theirs.
    package func update(_ change: (GatewaySnapshot) -> GatewaySnapshot) {
        changes.withLock { _ in
            let next = change(snapshot)
            current.withLock { $0 = next }
        }
    }

    /// Whether the gateway still wants new work; `/readyz` says so.
    package var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Tells load balancers to look elsewhere; requests are still answered.
    package func startDraining() { draining.store(true, ordering: .relaxed) }
}
