import EventLoops
import HTTPClient
import Testing

@Suite struct ConnectionTests {
    @Test(
        arguments: Route.allCases,
        [
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 1),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 1),
            ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", 3),
            ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 3),
        ])
    func `keeps a connection for the next request if the server does`(
        route: Route, response: (String, Int)
    ) async throws {
        let server = ScriptedServer(answering: response.0)
        let url = route.url(server.port)
        try await withClient { client in
            for _ in 0..<3 {
                let answer = try await client.fetch(url)
                #expect(answer.body == "ok")
            }
        }
        #expect(server.connections == response.1)
    }

    @Test(arguments: Route.allCases)
    func `opens a new connection when the kept one has been closed`(route: Route) async throws {
        let (closings, closed) = AsyncStream<Void>.makeStream()
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            peer.end()
            closed.yield()
        }
        let url = route.url(server.port)
        try await withClient { client in
            var closings = closings.makeAsyncIterator()
            for _ in 0..<3 {
                let answer = try await client.fetch(url)
                #expect(answer.body == "ok")
                await closings.next()
            }
        }
        #expect(server.connections == 3)
    }

    @Test(arguments: Route.allCases)
    func `never sends a request twice`(route: Route) async throws {
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            _ = peer.readRequest()
        }
        let url = route.url(server.port)
        let error = try await clientError { client in
            _ = try await client.fetch(url, method: "POST", body: "a")
            _ = try await client.fetch(url, method: "POST", body: "b")
        }
        #expect(error == .closed(.beforeHead))
    }

    @Test(arguments: Route.allCases)
    func `serves many requests at once`(route: Route) async throws {
        let server = ScriptedServer { peer in
            while let request = peer.readRequest() {
                let target = request.split(separator: " ")[1]
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(target.utf8.count)\r\n\r\n\(target)")
            }
        }
        let (port, loop) = (server.port, try EventLoop())
        let task = Task(executorPreference: loop) {
            nonisolated(unsafe) let client = Client(loop: loop)
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<20 {
                    group.addTask(executorPreference: loop) {
                        for turn in 0..<5 {
                            let answer = try? await client.fetch(route.url(port, "/\(index)-\(turn)"))
                            #expect(answer?.body == "/\(index)-\(turn)")
                        }
                    }
                }
            }
        }
        await task.value
        await loop.stop()
        #expect(server.connections <= 20)
    }

    @Test(arguments: Route.allCases)
    func `does not read on while nobody takes what came`(route: Route) async throws {
        let total = 48 << 20
        let stalled = Signal<Int>()
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            let body = [UInt8](repeating: 97, count: total)
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let sent = peer.sendUntilStalled(of: body)
            stalled.set(sent)
            peer.send(Array(body[sent...]))
        }
        let url = route.url(server.port)
        let count = try await withClient { client in
            var timeouts = ClientTimeouts()
            timeouts.idle = .milliseconds(1500)
            let response = try await client.send(ClientRequest(method: "GET", url: url, timeouts: timeouts))
            #expect(await stalled.wait() < 16 << 20)
            return try await response.collect(limit: total).count
        }
        #expect(count == total)
    }
}
