import Glibc
import HTTPClient
import Testing

@Suite struct FaultTests {
    @Test(
        arguments: Route.allCases,
        [
            ("", [.closed(.beforeHead)]), ("HTTP/1.1 200 OK\r\nContent-Le", [.closed(.beforeHead)]),
            ("HTTP/1.1 100 Continue\r\n\r\n", [.closed(.beforeHead)]),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", [.closed(.afterHead)]),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", [.closed(.afterHead)]),
            ("SSH-2.0-OpenSSH\r\n\r\n", [.malformedResponse]), ("\u{1}\u{2}\u{3}\u{4}\u{5}", [.malformedResponse]),
            ("HTTP/1.1 20x OK\r\n\r\n", [.malformedResponse]),
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", [.malformedResponse]),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhel",
                [.malformedResponse, .closed(.afterHead)]
            ),
            ("HTTP/1.1 200 OK\r\nA: \(String(repeating: "a", count: 70_000))\r\n\r\n", [.tooLarge]),
            ("HTTP/1.1 200 OK\r\n\(String(repeating: "A: b\r\n", count: 20_000))\r\n", [.tooLarge]),
        ] as [(String, [ClientError])])
    func `names what is wrong with a response`(route: Route, fault: (String, [ClientError])) async throws {
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send(fault.0)
        }
        let url = route.url(server.port)
        var settings = ClientSettings()
        settings.maximumHeaderBytes = 64 * 1024
        let error = try await clientError(settings) { try await $0.fetch(url) }
        #expect(fault.1.contains { $0 == error }, "\(String(describing: error))")
    }

    @Test(
        arguments: Route.allCases,
        [
            ("", .closed(.beforeHead)), ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", .closed(.afterHead)),
            ("HTTP/1.1 200 OK\r\n\r\nhello", .closed(.afterHead)),
        ] as [(String, ClientError)])
    func `takes a reset for a fault`(route: Route, fault: (String, ClientError)) async throws {
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send(fault.0)
            peer.reset()
        }
        let url = route.url(server.port)
        let error = try await clientError { try await $0.fetch(url) }
        // A reset may overtake what was sent before it.
        #expect(error == fault.1 || error == .closed(.beforeHead))
    }

    @Test(arguments: Route.allCases)
    func `says that nobody listens`(route: Route) async throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let url = route.url(ScriptedServer.bind(socket))
        let error = try await clientError { try await $0.fetch(url) }
        #expect(error == .connect)
        close(socket)
    }

    @Test func `says that a name has no address`() async throws {
        let error = try await clientError { try await $0.fetch("http://nothing.invalid/") }
        #expect(error == .resolve)
    }

    @Test(arguments: [
        "", "/path", "ftp://host/", "http://", "http:///x", "http://:80/", "http://user@host/", "http://host:99999/",
        "http://host:+1/", "http://host:x/", "http://a b/", "http://host/\r\nX: y", "http://host/é", "https://[::1/",
    ])
    func `refuses what is no absolute URL of the web`(url: String) async throws {
        let error = try await clientError { try await $0.fetch(url) }
        guard case .badURL(let remedy) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!remedy.isEmpty)
    }
}
