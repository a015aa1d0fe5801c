import HTTPClient
import HTTPMessages
import Testing

@Suite struct ResponseTests {
    @Test(arguments: Route.allCases)
    func `sends the request as it was given, with host and length, and nothing else`(route: Route) async throws {
        let seen = Signal<String>()
        let server = ScriptedServer { peer in
            seen.set(peer.readRequest() ?? "")
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let url = route.url(server.port, "/a/../b?c=%20d#fragment")
        let answer = try await withClient { client in
            try await client.fetch(
                url, method: "POST",
                fields: HTTPFields([
                    "Host": "elsewhere", "Content-Length": "7", "X-Key": "value", "X-Empty": "", "X-Bad": "a\r\nb: c",
                    "Transfer-Encoding": "chunked", "Content-Type": "text/plain",
                ]), body: "hello")
        }
        #expect(answer.status == 200)
        let lines = await seen.wait().split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.first == "POST /a/../b?c=%20d HTTP/1.1")
        #expect(
            Set(lines.dropFirst().dropLast(2)) == [
                "Host: 127.0.0.1:\(server.port)", "X-Key: value", route == .native ? "X-Empty: " : "X-Empty:",
                "Content-Type: text/plain", "Content-Length: 5",
            ])
        #expect(lines.suffix(2) == ["", "hello"])
    }

    @Test(arguments: Route.allCases, ["GET", "DELETE", "POST", "PUT", "PATCH", "HEAD", "OPTIONS"])
    func `sends every method`(route: Route, method: String) async throws {
        let seen = Signal<String>()
        let server = ScriptedServer { peer in
            seen.set(peer.readRequest() ?? "")
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let url = route.url(server.port)
        let answer = try await withClient { try await $0.fetch(url, method: method) }
        #expect(answer.status == 200)
        let request = await seen.wait()
        #expect(request.hasPrefix("\(method) / HTTP/1.1\r\n"))
        #expect(request.contains("Content-Length: 0\r\n") == ["POST", "PUT", "PATCH"].contains(method))
    }

    @Test(arguments: Route.allCases)
    func `sends a large body`(route: Route) async throws {
        let server = ScriptedServer { peer in
            let request = peer.readRequest() ?? ""
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\(request.suffix(8))")
        }
        let url = route.url(server.port)
        let body = String(repeating: "a", count: 6 << 20) + "the-end!"
        let answer = try await withClient { try await $0.fetch(url, method: "POST", body: body) }
        #expect(answer.body == "the-end!")
    }

    @Test(
        arguments: Route.allCases,
        [
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ""),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n", 200, "hello"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nSum: 1\r\n\r\n", 200, "x"),
            ("HTTP/1.1 200 OK\r\n\r\nuntil the end", 200, "until the end"),
            ("HTTP/1.0 200 OK\r\n\r\nold", 200, "old"), ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
            ("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, ""),
            ("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 2\r\n\r\nno", 302, "no"),
            ("HTTP/1.1 500\r\nContent-Length: 2\r\n\r\nno", 500, "no"),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x"),
            (
                "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 404 N\r\nContent-Length: 1\r\n\r\nx",
                404, "x"
            ),
        ])
    func `reads every kind of body`(route: Route, response: (String, Int, String)) async throws {
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send(response.0)
        }
        let url = route.url(server.port)
        let answer = try await withClient { try await $0.fetch(url) }
        #expect(answer.status == response.1)
        #expect(answer.body == response.2)
        #expect(answer.fields["A"] == nil)
    }

    @Test(arguments: Route.allCases)
    func `reads what arrives byte by byte`(route: Route) async throws {
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            let wire = "HTTP/1.1 200 OK\r\nX-Name:  v w \r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
            for byte in wire.utf8 { peer.send([byte]) }
        }
        let url = route.url(server.port)
        let answer = try await withClient { try await $0.fetch(url) }
        #expect(answer.body == "hello")
        #expect(answer.fields["x-name"] == "v w")
    }

    @Test(arguments: Route.allCases)
    func `hands out each piece when it comes`(route: Route) async throws {
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for piece in ["a", "b", "c"] {
                peer.send("1\r\n\(piece)\r\n")
                guard peer.readRequest() == nil else { return }
            }
        }
        let url = route.url(server.port)
        let first = try await withClient { client in
            let response = try await client.send(ClientRequest(method: "GET", url: url))
            return try await response.next()
        }
        #expect(first == Array("a".utf8))
    }

    @Test(arguments: Route.allCases)
    func `reads no body after HEAD`(route: Route) async throws {
        let server = ScriptedServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        let url = route.url(server.port)
        let answers = try await withClient { client in
            [try await client.fetch(url, method: "HEAD"), try await client.fetch(url, method: "HEAD")]
        }
        #expect(answers.allSatisfy { $0.status == 200 && $0.body.isEmpty && $0.fields["Content-Length"] == "5" })
        #expect(server.connections == 1)
    }

    @Test(arguments: Route.allCases)
    func `refuses to collect more than the limit, and closes`(route: Route) async throws {
        let ended = Signal<Bool>()
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + String(repeating: "a", count: 60))
            ended.set(peer.waitForEnd())
        }
        let url = route.url(server.port)
        let error = try await clientError { try await $0.fetch(url, limit: 50) }
        #expect(error == .tooLarge)
        #expect(await ended.wait())
    }
}
