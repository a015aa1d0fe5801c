package import Configuration
package import Dialogue
package import Journal
package import Providers
package import Telemetry

internal import Synchronization
package import WireFormats

/// What one configuration means to an exchange; immutable, kept by an exchange from its beginning to its end.
package final class GatewaySnapshot: Sendable {
    package let configuration: GatewayConfiguration
    package let endpoints: [ProviderName: ProviderEndpoint]

    /// Prepares the endpoints of a configuration.
    package init(configuration: GatewayConfiguration) {
        self.configuration = configuration
        endpoints = configuration.providers.mapValues { provider in
            ProviderEndpoint(
                name: provider.name, format: WireFormat(rawValue: provider.format) ?? .openai,
                baseURL: provider.baseURL, key: provider.key?.value,
                fields: provider.headers.map { ($0.name, $0.value.value) })
        }
    }
}

/// What all event loops share: the current snapshot, the journal, the metrics.
package final class GatewayState: Sendable {
    package let journal: Journal
    package let metrics: GatewayMetrics
    package let retries: RetryPolicy
    private let current: Mutex<GatewaySnapshot>
    private let draining = Atomic(false)

    package init(snapshot: GatewaySnapshot, journal: Journal, metrics: GatewayMetrics, retries: RetryPolicy = RetryPolicy()) {
        current = Mutex(snapshot)
        self.journal = journal
        self.metrics = metrics
        self.retries = retries
    }

    /// The snapshot that a new exchange begins with.
    package var snapshot: GatewaySnapshot { current.withLock { $0 } }

    /// Whether the gateway still wants new work; `/readyz` says so.
    package var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Tells load balancers to look elsewhere; requests are still answered.
    package func startDraining() { draining.store(true, ordering: .relaxed) }
}
