internal import Catalog
internal import Dialogue
internal import Glibc
package import HTTPMessages
package import HTTPServer
internal import JSON
internal import WireFormats

/// Serves a rehearsal over HTTP in both wire formats: every model in either, whole and streamed.
///
/// The request header `x-rehearsal-fault` asks for a ``Fault`` by name.
package final class RehearsalHandler: RequestHandler {
    private let backend: RehearsalBackend
    private let settings: RehearsalSettings
    private let parser = JSONParser()
    private var requests = 0

    /// Creates the handler of one loop.
    package init(_ backend: RehearsalBackend, settings: RehearsalSettings = RehearsalSettings()) {
        self.backend = backend
        self.settings = settings
    }

    package func respond(to request: HTTPRequest, with writer: ResponseWriter) async {
        requests += 1
        let format: WireFormat =
            request.path == "/v1/messages" || request.fields["anthropic-version"] != nil
            ? .anthropic : .openai
        let reply = Reply(
            writer: writer, format: format, id: "req_\(String(UInt64.random(in: 1...UInt64.max), radix: 16))")
        do throws(APIFailure) {
            switch (request.method, request.path) {
            case ("GET", "/v1/models"): await reply.send(200, list(format))
            case ("POST", "/v1/chat/completions"), ("POST", "/v1/messages"):
                try await complete(request, reply)
            case ("GET", "/healthz"): await reply.send(200, Array(#"{"status":"ok"}"#.utf8))
            default:
                throw APIFailure(
                    .notFound, status: 404,
                    message: "The rehearsal serves POST /v1/chat/completions, POST /v1/messages and GET /v1/models.")
            }
        } catch {
            await reply.fail(error)
        }
    }

    private func complete(_ request: HTTPRequest, _ reply: Reply) async throws(APIFailure) {
        let prompt = try reply.format.decodeRequest(request.body, parser: parser).prompt
        let fault = try fault(request)
        await pause(settings.latency)
        switch fault {
        case .status(let status): throw Fault.failure(status: status)
        case .slowFirstByte(let time): await pause(time)
        case .garbage: return await reply.send(200, Array("<html>it works</html>".utf8))
        default: break
        }
        var completion = try backend.answer(prompt)
        if fault == .noUsage { completion.usage = nil }
        if prompt.stream {
            await stream(completion, of: prompt, fault, reply)
        } else {
            try await sendWhole(completion, fault, reply)
        }
    }

    private func sendWhole(_ completion: Completion, _ fault: Fault?, _ reply: Reply) async throws(APIFailure) {
        let body = reply.format.encodeCompletion(completion, created: Self.seconds)
        switch fault {
        case .streamError: throw Fault.failure(status: 500)
        case .stall(let time): await pause(time)
        case .cut:
            reply.begin("application/json")
            // A stream without an end is cut off by the server.
            try? await reply.writer.write(Array(body.prefix(body.count / 2)))
            return
        default: break
        }
        await reply.send(200, body)
    }

    private func stream(_ completion: Completion, of prompt: Prompt, _ fault: Fault?, _ reply: Reply) async {
        var encoder = CompletionEventEncoder(
            reply.format, created: Self.seconds, includeUsage: prompt.streamUsage && completion.usage != nil)
        let events = completion.events
        let gap = settings.latency / (2 * max(1, events.count))
        reply.begin("text/event-stream")
        do throws(ClientGone) {
            for (number, event) in events.enumerated() {
                if number == max(2, events.count / 2) {
                    switch fault {
                    case .cut: return
                    case .stall(let time): await pause(time)
                    case .streamError:
                        try await reply.writer.write(encoder.encode(.failure(Fault.failure(status: 529))))
                        return await reply.writer.finish()
                    default: break
                    }
                }
                let bytes = encoder.encode(event)
                if !bytes.isEmpty { try await reply.writer.write(bytes) }
                await pause(gap)
            }
            await reply.writer.finish()
        } catch {
            // The client left: there is nobody to tell.
        }
    }

    private func fault(_ request: HTTPRequest) throws(APIFailure) -> Fault? {
        guard let name = request.fields["x-rehearsal-fault"] else { return settings.faults.fault(request: requests) }
        guard let fault = Fault(name) else {
            throw APIFailure(
                .invalidRequest, status: 400, message: "x-rehearsal-fault takes \(Fault.names).",
                parameter: "x-rehearsal-fault")
        }
        return fault
    }

    private func list(_ format: WireFormat) -> [UInt8] {
        format.encodeModelList(backend.models.map { ListedModel(name: $0.name.text, owner: $0.provider.text) })
    }

    private func pause(_ time: Duration) async {
        if time > .zero { try? await Task.sleep(for: time) }
    }

    private static var seconds: Int { time(nil) }
}

/// One response under way: its format and the id by which its maker would know it.
private struct Reply {
    let writer: ResponseWriter
    let format: WireFormat
    let id: String

    func send(_ status: Int, _ body: [UInt8], extra: KeyValuePairs<String, String> = [:]) async {
        var fields = fields("application/json")
        for (name, value) in extra { fields.append(name, value) }
        await writer.send(HTTPResponse(status: status, fields: fields, body: body))
    }

    func fail(_ failure: APIFailure) async {
        let body = format.encodeFailure(failure, requestID: id)
        guard let seconds = failure.retryAfter else { return await send(failure.status, body) }
        await send(failure.status, body, extra: ["retry-after": "\(Int(seconds.rounded(.up)))"])
    }

    func begin(_ type: String) {
        writer.begin(status: 200, fields: fields(type))
    }

    private func fields(_ type: String) -> HTTPFields {
        HTTPFields([
            "content-type": type, format == .anthropic ? "request-id" : "x-request-id": id,
        ])
    }
}
