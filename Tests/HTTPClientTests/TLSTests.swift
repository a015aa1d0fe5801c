import HTTPClient
import Synchronization
import Testing

@Suite struct TLSTests {
    @Test(arguments: ["127.0.0.1", "localhost"])
    func `speaks https to a server it trusts, over one kept connection`(host: String) async throws {
        let server = ScriptedServer { peer in
            while let request = peer.readRequest() {
                peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                peer.send("4\r\n\(request.suffix(4))\r\n0\r\n\r\n")
            }
        }
        let front = try TLSServer(before: server.port)
        var settings = ClientSettings()
        settings.certificateAuthorityFile = front.certificate
        let url = "https://\(host):\(front.port)/"
        let bodies = try await withClient(settings) { client in
            [
                try await client.fetch(url, method: "POST", body: "abcd").body,
                try await client.fetch(url, method: "POST", body: "efgh").body,
            ]
        }
        #expect(bodies == ["helloabcd", "helloefgh"])
        #expect(server.connections == 1)
        withExtendedLifetime(front) {}
    }

    @Test func `refuses a certificate it does not trust`() async throws {
        let server = ScriptedServer(answering: "HTTP/1.1 204 No Content\r\n\r\n")
        let front = try TLSServer(before: server.port)
        let url = "https://127.0.0.1:\(front.port)/"
        let error = try await clientError { try await $0.fetch(url) }
        guard case .tls(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("certificate"))
        #expect(server.connections == 0)
        withExtendedLifetime(front) {}
    }

    @Test func `refuses a certificate for another name`() async throws {
        let requests = Atomic(0)
        let server = ScriptedServer { peer in
            if peer.readRequest() != nil { requests.add(1, ordering: .relaxed) }
        }
        let front = try TLSServer(before: server.port)
        var settings = ClientSettings()
        settings.certificateAuthorityFile = front.certificate
        let url = "https://127.0.0.2:\(front.port)/"
        let error = try await clientError(settings) { try await $0.fetch(url) }
        guard case .tls = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(requests.load(ordering: .relaxed) == 0)
        withExtendedLifetime(front) {}
    }

    @Test func `ends a stream over https when its task is cancelled`() async throws {
        let (sent, ended) = (Signal<Void>(), Signal<Bool>())
        let server = ScriptedServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n\r\nsome")
            sent.set()
            ended.set(peer.waitForEnd())
        }
        let front = try TLSServer(before: server.port)
        var trusting = ClientSettings()
        trusting.certificateAuthorityFile = front.certificate
        let (settings, url) = (trusting, "https://127.0.0.1:\(front.port)/")
        let task = Task { try await clientError(settings) { try await $0.fetch(url) } }
        await sent.wait()
        task.cancel()
        let error = try await task.value
        #expect(error == .cancelled)
        #expect(await ended.wait())
        withExtendedLifetime(front) {}
    }
}
