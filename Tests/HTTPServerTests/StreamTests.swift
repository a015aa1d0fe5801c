import HTTPMessages
import HTTPServer
import Synchronization
import Testing

@Suite struct StreamTests {
    @Test func `a slow reader makes the handler wait, and gets everything`() async throws {
        var settings = ListenerSettings()
        settings.highWaterMark = 64 * 1024
        let written = Atomic<Int>(0)
        let total = 16 * 1024 * 1024
        let server = try await TestServer(settings) { _, writer in
            writer.begin(status: 200, fields: HTTPFields())
            let piece = [UInt8](repeating: 97, count: 16 * 1024)
            while written.load(ordering: .relaxed) < total {
                do { try await writer.write(piece) } catch { return }
                written.add(piece.count, ordering: .relaxed)
            }
            await writer.finish()
        }
        let client = TestClient(port: server.port, receiveBuffer: 8192)
        client.send("GET / HTTP/1.0\r\n\r\n")
        var last = -1
        while written.load(ordering: .relaxed) != last {
            last = written.load(ordering: .relaxed)
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(last < total)
        #expect(client.readCount() > total)
        last = written.load(ordering: .relaxed)
        #expect(last == total)
        await server.stop()
    }

    @Test func `a reader that takes nothing is cut off`() async throws {
        var settings = ListenerSettings()
        settings.writeTimeout = .milliseconds(50)
        let ended = Signal()
        let server = try await TestServer(settings) { _, writer in
            writer.begin(status: 200, fields: HTTPFields())
            let piece = [UInt8](repeating: 97, count: 1024 * 1024)
            while !writer.isGone { try? await writer.write(piece) }
            ended.set()
        }
        let client = TestClient(port: server.port, receiveBuffer: 8192)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await ended.wait()
        await server.stop()
        withExtendedLifetime(client) {}
    }

    @Test(arguments: [true, false])
    func `a client that leaves cancels the handler, which still finishes`(isHalfClosed: Bool) async throws {
        let began = Signal()
        let finished = Signal()
        let wasGone = Atomic<Bool>(false)
        let server = try await TestServer { _, writer in
            began.set()
            try? await Task.sleep(for: .seconds(60))
            wasGone.store(writer.isGone && Task.isCancelled, ordering: .relaxed)
            await Task.yield()
            finished.set()
        }
        var client: TestClient? = TestClient(port: server.port)
        client?.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await began.wait()
        if isHalfClosed { client?.shutDownWriting() } else { client = nil }
        await finished.wait()
        let sawItself = wasGone.load(ordering: .relaxed)
        #expect(sawItself)
        await server.stop()
        withExtendedLifetime(client) {}
    }

    @Test func `a stream that has no end is cut off without a last chunk`() async throws {
        let server = try await TestServer { _, writer in
            writer.begin(status: 200, fields: HTTPFields())
            try? await writer.write(Array("ab".utf8))
        }
        let client = TestClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read().hasSuffix("\r\n\r\n2\r\nab\r\n"))
        await server.stop()
    }
}
