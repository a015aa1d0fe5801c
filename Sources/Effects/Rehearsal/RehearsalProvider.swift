package import Catalog
package import EventLoops
package import HTTPServer

/// A rehearsal that listens: a provider for gateways that have no other.
package struct RehearsalProvider: Sendable {
    package let backend: RehearsalBackend
    package let listener: Listener

    /// Starts serving; port 0 takes a free one, which the listener then knows.
    ///
    /// - Throws: why the address cannot be bound.
    package static func start(
        _ backend: RehearsalBackend = .simulated(seed: 0), settings: RehearsalSettings = RehearsalSettings(),
        host: String = "127.0.0.1", port: UInt16 = 0, loops: EventLoopGroup
    ) async throws(ListenError) -> RehearsalProvider {
        let listener = try await Listener.start(host: host, port: port, loops: loops) { _ in
            RehearsalHandler(backend, settings: settings)
        }
        return RehearsalProvider(backend: backend, listener: listener)
    }

    /// The models that it serves, with prices and grades.
    package var models: [CatalogModel] { backend.models }
}
