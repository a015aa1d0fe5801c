import Foundation
import HTTPMessages
import HTTPServer
import Testing

@Suite struct LimitTests {
    @Test(arguments: [
        ("GET /\(String(repeating: "a", count: 300)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 600))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: x\r\n\(String(repeating: "A: b\r\n", count: 9))\r\n", 431),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n", 413),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n"
                + String(repeating: "a", count: 101),
            413
        ),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 3\r\n\r\nab", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nab", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA\u{0}: b\r\n\r\n", 400), ("nonsense\r\n\r\n", 400),
        ("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 501), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ])
    func `refuses what is too much or malformed, and closes`(request: String, status: Int) async throws {
        var settings = ListenerSettings()
        settings.maximumTargetBytes = 200
        settings.maximumHeaderBytes = 500
        settings.maximumFields = 8
        settings.maximumBodyBytes = 100
        let server = try await TestServer(settings)
        let client = TestClient(port: server.port)
        client.send(request)
        let response = client.read()
        #expect(response.hasPrefix("HTTP/1.1 \(status) "), "\(response)")
        #expect(response.contains("Connection: close\r\n"))
        await server.stop()
    }

    @Test func `answers a fault in the format that the target's clients understand`() async throws {
        var settings = ListenerSettings()
        settings.maximumBodyBytes = 1
        settings.makeError = { fault, target in
            HTTPResponse(status: fault.status, body: Array("{\"\(target)\":\"\(fault.message)\"}".utf8))
        }
        let server = try await TestServer(settings)
        let client = TestClient(port: server.port)
        client.send("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n")
        #expect(client.read().hasSuffix("{\"/v1\":\"the body is larger than 1 bytes\"}"))
        await server.stop()
    }

    @Test(arguments: ["GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc"])
    func `answers 408 when header or body are late`(start: String) async throws {
        var settings = ListenerSettings()
        settings.headerTimeout = .milliseconds(200)
        settings.bodyTimeout = .milliseconds(200)
        let server = try await TestServer(settings)
        let client = TestClient(port: server.port)
        client.send(start)
        #expect(client.read().hasPrefix("HTTP/1.1 408 "))
        await server.stop()
    }

    @Test func `a header that trickles in is late all the same`() async throws {
        var settings = ListenerSettings()
        settings.headerTimeout = .milliseconds(200)
        let server = try await TestServer(settings)
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: x\r\nA: ")
        for _ in 0..<1000 where client.readIsEmpty { client.send("a") }
        #expect(client.read().hasPrefix("HTTP/1.1 408 "))
        await server.stop()
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
    func `closes a connection that asks nothing`(start: String) async throws {
        var settings = ListenerSettings()
        if start.isEmpty { settings.headerTimeout = .milliseconds(40) }
        settings.idleTimeout = .milliseconds(40)
        let server = try await TestServer(settings)
        let client = TestClient(port: server.port)
        client.send(start)
        if !start.isEmpty { _ = client.read(until: "GET / ") }
        #expect(client.readSome() == "")
        await server.stop()
    }

    @Test(arguments: [false, true])
    func `says with the last request of a connection that it ends`(isPipelined: Bool) async throws {
        var settings = ListenerSettings()
        settings.maximumRequests = 3
        let server = try await TestServer(settings)
        let client = TestClient(port: server.port)
        if isPipelined {
            client.send((1...5).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
        } else {
            for number in 1...2 {
                client.send("GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(!client.read(until: "GET /\(number) ").contains("Connection: close"))
            }
            client.send("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n")
        }
        let responses = client.read()
        #expect(responses.components(separatedBy: "HTTP/1.1 200 ").count == (isPipelined ? 4 : 2))
        #expect(responses.components(separatedBy: "Connection: close\r\n").count == 2)
        #expect(responses.hasSuffix("GET /3 "), "\(responses)")
        let next = TestClient(port: server.port)
        next.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(next.read(until: "GET / ").hasPrefix("HTTP/1.1 200 "))
        await server.stop()
    }

    @Test func `answers 503 above the cap of connections, and serves again below it`() async throws {
        var settings = ListenerSettings()
        settings.maximumConnections = 1
        settings.lingerTimeout = .milliseconds(20)
        let server = try await TestServer(settings)
        var first: TestClient? = TestClient(port: server.port)
        first?.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = first?.read(until: "GET / ")
        #expect(TestClient(port: server.port).read().hasPrefix("HTTP/1.1 503 "))
        first = nil
        var response = ""
        for _ in 0..<200 where !response.hasPrefix("HTTP/1.1 200") {
            let next = TestClient(port: server.port)
            next.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            response = next.read()
        }
        #expect(response.hasPrefix("HTTP/1.1 200 "))
        await server.stop()
    }
}
