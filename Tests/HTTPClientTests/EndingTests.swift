import HTTPClient
import Testing

/// Responses that take too long or are not wanted any more.
@Suite struct EndingTests {
    @Test(arguments: Route.allCases)
    func `gives up on a head that does not come`(route: Route) async throws {
        var timeouts = ClientTimeouts()
        timeouts.firstByte = .milliseconds(60)
        let error = try await error(of: route, stallingAfter: "", timeouts)
        #expect(error == .timeout(.firstByte))
    }

    @Test(arguments: Route.allCases, ["", "some"])
    func `gives up on a body that stalls`(route: Route, start: String) async throws {
        var timeouts = ClientTimeouts()
        timeouts.idle = .milliseconds(60)
        let response = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\(start)"
        let error = try await error(of: route, stallingAfter: response, timeouts)
        #expect(error == .timeout(.idle))
    }

    @Test(arguments: Route.allCases, ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome"])
    func `gives up when the whole takes too long`(route: Route, response: String) async throws {
        var timeouts = ClientTimeouts()
        timeouts.total = .milliseconds(60)
        let error = try await error(of: route, stallingAfter: response, timeouts)
        #expect(error == .timeout(.total))
    }

    @Test(arguments: Route.allCases)
    func `gives up on a server that takes no connection`(route: Route) async throws {
        let hole = BlackHole()
        var limits = ClientTimeouts()
        limits.connect = .milliseconds(60)
        limits.total = .seconds(5)
        let (url, timeouts) = (route.url(hole.port), limits)
        let error = try await clientError { try await $0.fetch(url, timeouts: timeouts) }
        #expect(error == .timeout(.connect))
    }

    @Test(arguments: Route.allCases)
    func `stops connecting when the waiting task is cancelled`(route: Route) async throws {
        let hole = BlackHole()
        let (url, begun) = (route.url(hole.port), Signal<Void>())
        let task = Task {
            try await clientError { client in
                begun.set()
                return try await client.fetch(url)
            }
        }
        await begun.wait()
        task.cancel()
        let error = try await task.value
        #expect(error == .cancelled)
    }

    @Test func `gives up on a handshake that does not end`() async throws {
        var limits = ClientTimeouts()
        limits.connect = .milliseconds(60)
        let timeouts = limits
        let ended = Signal<Bool>()
        let server = ScriptedServer { peer in ended.set(peer.waitForEnd()) }
        let url = "https://127.0.0.1:\(server.port)/"
        let error = try await clientError { try await $0.fetch(url, timeouts: timeouts) }
        #expect(error == .timeout(.connect))
        #expect(await ended.wait())
    }

    @Test(arguments: Route.allCases)
    func `does not give up while the body keeps coming`(route: Route) async throws {
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
            for _ in 0..<10 {
                peer.pause(milliseconds: 120)
                peer.send("a")
            }
        }
        let url = route.url(server.port)
        let answer = try await withClient { client in
            var timeouts = ClientTimeouts()
            timeouts.idle = .seconds(1)
            return try await client.fetch(url, timeouts: timeouts)
        }
        #expect(answer.body == "aaaaaaaaaa")
    }

    @Test(
        arguments: Route.allCases, ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nsome"])
    func `ends the transfer when the waiting task is cancelled`(route: Route, response: String) async throws {
        let (sent, ended) = (Signal<Void>(), Signal<Bool>())
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send(response)
            sent.set()
            ended.set(peer.waitForEnd())
        }
        let url = route.url(server.port)
        let task = Task { try await clientError { try await $0.fetch(url) } }
        await sent.wait()
        task.cancel()
        let error = try await task.value
        #expect(error == .cancelled)
        #expect(await ended.wait())
    }

    @Test(arguments: Route.allCases)
    func `sends nothing for a task that is cancelled already`(route: Route) async throws {
        let server = ScriptedServer(answering: "HTTP/1.1 204 No Content\r\n\r\n")
        let url = route.url(server.port)
        let error = try await clientError { client in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.fetch(url)
        }
        #expect(error == .cancelled)
        #expect(server.connections == 0)
    }

    @Test(arguments: Route.allCases, [true, false])
    func `closes when a response is cancelled or let go`(route: Route, isCancelled: Bool) async throws {
        let ended = Signal<Bool>()
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n\r\nsome")
            ended.set(peer.waitForEnd())
        }
        let url = route.url(server.port)
        try await withClient { client in
            let response = try await client.send(ClientRequest(method: "GET", url: url))
            if isCancelled { response.cancel() }
        }
        #expect(await ended.wait())
    }

    /// The error of a request whose server sends that much and then waits for the client to hang up.
    private func error(
        of route: Route, stallingAfter response: String, _ timeouts: ClientTimeouts
    ) async throws -> ClientError? {
        let ended = Signal<Bool>()
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send(response)
            ended.set(peer.waitForEnd())
        }
        let url = route.url(server.port)
        let error = try await clientError { try await $0.fetch(url, timeouts: timeouts) }
        #expect(await ended.wait())
        return error
    }
}
