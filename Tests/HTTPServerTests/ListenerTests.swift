import EventLoops
import HTTPMessages
import HTTPServer
import Testing

@Suite struct ListenerTests {
    @Test func `every loop serves the port that the system chose`() async throws {
        let server = try await TestServer(count: 2)
        #expect(server.port != 0)
        for _ in 0..<20 {
            let client = TestClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(client.read(until: "GET / ").hasPrefix("HTTP/1.1 200 "))
        }
        await server.stop()
    }

    @Test(arguments: ["localhost", "127.0.0.1", "0.0.0.0", "::1", "[::1]"])
    func `binds literals and localhost`(host: String) async throws {
        let server = try await TestServer(host: host)
        #expect(server.port != 0)
        await server.stop()
    }

    @Test(arguments: [("::1", [true]), ("[::1]", [true]), ("::", [true, false]), ("0.0.0.0", [false])])
    func `serves IPv6 and IPv4, and knows its own machine by either`(host: String, clients: [Bool]) async throws {
        let server = try await TestServer(host: host) { request, writer in
            await writer.send(HTTPResponse(status: 200, body: Array("local: \(request.isFromLoopback)".utf8)))
        }
        for isIPv6 in clients {
            let client = TestClient(port: server.port, isIPv6: isIPv6)
            client.send("GET / HTTP/1.1\r\nHost: [::1]:\(server.port)\r\nConnection: close\r\n\r\n")
            let response = client.read()
            #expect(response.hasPrefix("HTTP/1.1 200 ") && response.hasSuffix("local: true"), "\(response)")
        }
        await server.stop()
    }

    @Test func `refuses a name, and a port that is taken`() async throws {
        let server = try await TestServer()
        await #expect(throws: ListenError.notAnAddress(host: "example.org")) {
            _ = try await TestServer(host: "example.org")
        }
        await #expect(throws: ListenError.inUse(host: "127.0.0.1", port: server.port)) {
            _ = try await Listener.start(host: "127.0.0.1", port: server.port, loops: server.loops) { _ in
                preconditionFailure("no handler is needed")
            }
        }
        await server.stop()
    }

    @Test func `a drain closes idle connections and lets what is in flight finish`() async throws {
        let began = Signal()
        let release = Signal()
        let server = try await TestServer { request, writer in
            if request.target == "/slow" {
                began.set()
                await release.wait()
            }
            await TestServer.echo(request, writer)
        }
        let idle = TestClient(port: server.port)
        idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = idle.read(until: "GET / ")
        let busy = TestClient(port: server.port)
        busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await began.wait()
        async let drained: Void = server.listener.drain(grace: .seconds(30))
        #expect(idle.readSome() == "")
        release.set()
        let response = busy.read()
        #expect(response.hasSuffix("GET /slow ") && response.contains("Connection: close\r\n"))
        await drained
        await server.loops.stop()
    }

    @Test func `a drain cuts off what outlasts its grace`() async throws {
        let began = Signal()
        let ended = Signal()
        let server = try await TestServer { _, writer in
            began.set()
            try? await Task.sleep(for: .seconds(60))
            if writer.isGone { ended.set() }
        }
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await began.wait()
        await server.stop(grace: .milliseconds(20))
        #expect(client.readSome() == "")
        await ended.wait()
    }
}
