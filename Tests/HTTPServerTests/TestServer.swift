import EventLoops
import HTTPMessages
import HTTPServer
import Synchronization

/// A server on a free port whose handler is a closure.
struct TestServer {
    typealias Answer = @Sendable (HTTPRequest, ResponseWriter) async -> Void

    let loops: EventLoopGroup
    let listener: Listener

    var port: UInt16 { listener.port }

    init(
        count: Int = 1, host: String = "127.0.0.1", _ settings: ListenerSettings = ListenerSettings(),
        answer: @escaping Answer = TestServer.echo
    ) async throws {
        loops = try EventLoopGroup(count: count)
        listener = try await Listener.start(host: host, port: 0, loops: loops, settings: settings) { _ in
            ClosureHandler(answer)
        }
    }

    /// Answers with method, target and body.
    static let echo: Answer = { request, writer in
        let body = Array("\(request.method) \(request.target) ".utf8) + request.body
        await writer.send(HTTPResponse(status: 200, fields: HTTPFields(["X-Test": "yes"]), body: body))
    }

    func stop(grace: Duration = .zero) async {
        await listener.drain(grace: grace)
        await loops.stop()
    }
}

private final class ClosureHandler: RequestHandler {
    private let answer: TestServer.Answer

    init(_ answer: @escaping TestServer.Answer) { self.answer = answer }

    func respond(to request: HTTPRequest, with writer: ResponseWriter) async { await answer(request, writer) }
}

/// A switch that tasks wait for.
final class Signal: Sendable {
    private let state = Mutex<(isSet: Bool, waiters: [CheckedContinuation<Void, Never>])>((false, []))

    func set() {
        let waiters = state.withLock { state in
            defer { state = (true, []) }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { waiter in
            let isSet = state.withLock { state in
                if !state.isSet { state.waiters.append(waiter) }
                return state.isSet
            }
            if isSet { waiter.resume() }
        }
    }
}
