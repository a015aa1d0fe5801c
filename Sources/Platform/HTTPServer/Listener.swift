package import EventLoops

/// A port on which HTTP/1.1 is served, by every loop of a group.
package final class Listener: Sendable {
    /// The port that is bound, also when 0 was asked for.
    package let port: UInt16

    private let owners: [ConnectionOwner]

    private init(port: UInt16, owners: [ConnectionOwner]) {
        self.port = port
        self.owners = owners
    }

    /// Binds the address and accepts connections.
    ///
    /// `makeHandler` is called once on each loop. `host` is an IPv4 or IPv6 address or `localhost`, which is 127.0.0.1.
    ///
    /// - Throws: why the address cannot be bound, with the remedy.
    package static func start(
        host: String, port: UInt16, loops: EventLoopGroup, settings: ListenerSettings = ListenerSettings(),
        makeHandler: @escaping @Sendable (EventLoop) -> any RequestHandler
    ) async throws(ListenError) -> Listener {
        let bound = try ListeningSocket.open(
            count: loops.loops.count, host: host, port: port, backlog: settings.backlog)
        let count = ConnectionCount()
        var owners: [ConnectionOwner] = []
        for (loop, socket) in zip(loops.loops, bound.sockets) {
            owners.append(
                await loop.run {
                    ConnectionOwner(
                        listener: socket, loop: loop, settings: settings, count: count, handler: makeHandler(loop))
                })
        }
        return Listener(port: bound.port, owners: owners)
    }

    /// Stops accepting, closes idle connections, lets what is in flight finish within the grace period, then cuts it
    /// off; returns when the handlers are done.
    package func drain(grace: Duration) async {
        let drains = owners.map { owner in
            Task(executorPreference: owner.loop) { await owner.drain(grace: grace) }
        }
        for drain in drains { await drain.value }
    }
}
