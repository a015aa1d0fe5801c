import HTTPMessages
import HTTPServer
import Testing

@Suite struct MessageTests {
    @Test func `answers a whole response in one piece and keeps the connection`() async throws {
        let server = try await TestServer()
        let client = TestClient(port: server.port)
        for body in ["one", "two"] {
            client.send("POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n\(body)")
            let response = try #require(client.readSome())
            #expect(response.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
            #expect(response.contains("\r\nX-Test: yes\r\nContent-Length: 13\r\n\r\n"))
            #expect(response.hasSuffix("POST /a?b \(body)"))
        }
        await server.stop()
    }

    @Test func `reads a chunked body, and drops its trailer`() async throws {
        let server = try await TestServer { request, writer in
            let names = request.fields.places.map { request.fields.name(at: $0) }.joined(separator: ",")
            await writer.send(HTTPResponse(status: 200, body: Array("\(names) ".utf8) + request.body))
        }
        let client = TestClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        client.send("2;ext=1\r\nde\r\n0\r\nHost: evil\r\n\r\n")
        #expect(client.read(until: "Host,Transfer-Encoding abcde").contains("200 OK"))
        await server.stop()
    }

    @Test func `answers pipelined requests in order, also when they are more than it holds at once`() async throws {
        var settings = ListenerSettings()
        settings.maximumPipelinedBytes = 100
        let server = try await TestServer(settings) { request, writer in
            await Task.yield()
            await writer.send(HTTPResponse(status: 200, body: Array("<\(request.target)>".utf8)))
        }
        let client = TestClient(port: server.port)
        client.send((0..<500).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
        let text = client.read(until: "</499>")
        let targets = text.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
        #expect(targets == (0..<500).map { "/\($0)" })
        await server.stop()
    }

    @Test func `asks for the body when the client expects 100 Continue`() async throws {
        let server = try await TestServer()
        let client = TestClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(client.readSome() == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("ab")
        #expect(client.read(until: "POST / ab").hasPrefix("HTTP/1.1 200"))
        await server.stop()
    }

    @Test func `answers HEAD with the length and without the body`() async throws {
        let server = try await TestServer()
        let client = TestClient(port: server.port)
        client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let response = client.read()
        #expect(response.contains("Content-Length: 8\r\n") && response.hasSuffix("\r\n\r\n"))
        #expect(response.contains("Connection: close\r\n"))
        await server.stop()
    }

    @Test(arguments: [("", "close"), ("Connection: keep-alive\r\n", "keep-alive")])
    func `speaks HTTP/1.0`(field: String, answer: String) async throws {
        let server = try await TestServer()
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.0\r\n\(field)\r\n")
        #expect(client.read(until: "GET / ").contains("Connection: \(answer)\r\n"))
        if answer == "close" { #expect(client.readSome() == "") }
        await server.stop()
    }

    @Test func `streams in chunks, and to HTTP/1.0 until the end of the connection`() async throws {
        let server = try await TestServer { _, writer in
            writer.begin(status: 200, fields: HTTPFields())
            for piece in ["ab", "", "c"] { try? await writer.write(Array(piece.utf8)) }
            await writer.finish()
        }
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read(until: "0\r\n\r\n").hasSuffix("chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"))
        let old = TestClient(port: server.port)
        old.send("GET / HTTP/1.0\r\n\r\n")
        #expect(old.read().hasSuffix("Connection: close\r\n\r\nabc"))
        await server.stop()
    }

    @Test func `lets no field or response be added through a value or a name`() async throws {
        let server = try await TestServer { _, writer in
            let fields = HTTPFields(["X-A": "1\r\nX-Evil: 2", "X-B\r\nX-Evil": "3", "Content-Length": "9", "X-C": "ä"])
            await writer.send(HTTPResponse(status: 200, fields: fields))
        }
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        let response = client.read(until: "\r\n\r\n")
        #expect(response.contains("\r\nX-A: 1X-Evil: 2\r\nX-C: ä\r\nContent-Length: 0\r\n"))
        await server.stop()
    }

    @Test func `answers 500 for a handler that does not`() async throws {
        let server = try await TestServer { _, _ in }
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read().hasPrefix("HTTP/1.1 500 "))
        await server.stop()
    }

    @Test func `says whether the client is on this machine`() async throws {
        let server = try await TestServer { request, writer in
            await writer.send(HTTPResponse(status: request.isFromLoopback ? 200 : 403))
        }
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
        await server.stop()
    }
}
