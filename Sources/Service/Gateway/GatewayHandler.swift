internal import Admission
internal import Configuration
package import Dialogue
internal import Digests
package import HTTPMessages
package import HTTPServer
package import JSON
internal import Journal
internal import Telemetry
package import WireFormats

/// Answers every request of one event loop: finds the endpoint, admits the caller, and turns failures into the
/// client's own format.
package final class GatewayHandler: RequestHandler {
    let state: GatewayState
    private let exchanges: ExchangeHandler
    private let decider: Decider
    let parser: JSONParser

    package init(state: GatewayState, exchanges: ExchangeHandler, decider: Decider, parser: JSONParser) {
        self.state = state
        self.exchanges = exchanges
        self.decider = decider
        self.parser = parser
    }

    package func respond(to request: HTTPRequest, with writer: ResponseWriter) async {
        guard let endpoint = Endpoint(request) else { return await writer.send(Self.unknown(request)) }
        guard endpoint.methods.contains(request.method) else {
            let allowed = endpoint.methods.joined(separator: ", ")
            let failure = APIFailure(
                .invalidRequest, status: 405, message: "\(request.path) takes \(allowed), not \(request.method)")
            var response = Self.response(failure, endpoint.format)
            response.fields.set("allow", allowed)
            return await writer.send(response)
        }
        do {
            switch endpoint {
            case .health: await writer.send(.text(200, "ok\n"))
            case .readiness: await writer.send(readiness())
            case .metrics:
                _ = try admit(request)
                await writer.send(
                    .text(200, state.metrics.registry.text, type: Registry.contentType))
            case .chat(let format):
                try await exchanges.carry(request, as: format, caller: try admit(request), with: writer)
            case .models(let format):
                _ = try admit(request)
                await writer.send(models(format))
            case .model(let name, let format):
                _ = try admit(request)
                await writer.send(try model(name, format))
            case .feedback: await writer.send(try await feedback(request, of: try admit(request)))
            case .explain:
                _ = try admit(request)
                await writer.send(try explain(request))
            }
        } catch {
            await writer.send(Self.response(error, endpoint.format))
        }
    }

    private func admit(_ request: HTTPRequest) throws(APIFailure) -> Caller {
        do {
            return try state.snapshot.access.admit(request)
        } catch {
            throw error.failure
        }
    }

    private func readiness() -> HTTPResponse {
        if state.isDraining { return .text(503, "draining\n") }
        guard state.journal.failure == nil else { return .text(503, "the journal cannot be written\n") }
        return .text(200, "ready\n")
    }

    private func models(_ format: WireFormat) -> HTTPResponse {
        .json(200, format.encodeModelList(state.snapshot.listed))
    }

    private func model(_ name: String, _ format: WireFormat) throws(APIFailure) -> HTTPResponse {
        guard let listed = state.snapshot.listed.first(where: { $0.name == name }) else {
            throw APIFailure(
                .notFound, status: 404, message: "the model \"\(name)\" does not exist here: see GET /v1/models",
                parameter: "model", code: "model_not_found")
        }
        return .json(200, format.encodeModel(listed))
    }

    /// `POST /api/explain`: a chat request in OpenAI's format, or `{"prompt": text}`; answered with the decision.
    private func explain(_ request: HTTPRequest) throws(APIFailure) -> HTTPResponse {
        let prompt = try Explanation.prompt(from: request.body, parser: parser)
        let decision = try decider.decide(
            prompt, from: .openai, pinned: false, snapshot: state.snapshot, habits: state.habits,
            at: WallClock.microseconds)
        return .json(200, Explanation(decision: decision).json)
    }

    private static func unknown(_ request: HTTPRequest) -> HTTPResponse {
        let isAnthropic = request.fields["anthropic-version"] != nil
        return response(
            APIFailure(
                .notFound, status: 404,
                message: "there is no \(request.path) here; try POST /v1/chat/completions or POST /v1/messages",
                code: "unknown_url"),
            isAnthropic ? .anthropic : .openai)
    }

    /// A failure in a client's own format.
    ///
    /// `id` is the exchange's that failed; a request that never became one gets an id of its own.
    package static func response(
        _ failure: APIFailure, _ format: WireFormat, id: ExchangeID? = nil
    ) -> HTTPResponse {
        let id = (id ?? ExchangeID.next()).text
        var response = HTTPResponse.json(failure.status, format.encodeFailure(failure, requestID: id))
        response.fields.set(format.requestIDField, id)
        response.fields.set("x-farthing-id", id)
        if let seconds = failure.retryAfter { response.fields.set("retry-after", String(Int(seconds.rounded(.up)))) }
        if failure.status == 401 { response.fields.set("www-authenticate", "Bearer") }
        return response
    }
}

/// What can be asked for.
enum Endpoint {
    case health, readiness, metrics, explain, feedback
    case chat(WireFormat)
    case models(WireFormat)
    case model(String, WireFormat)

    init?(_ request: HTTPRequest) {
        var dialect: WireFormat { request.fields["anthropic-version"] == nil ? .openai : .anthropic }
        switch request.path {
        case "/v1/chat/completions", "/chat/completions": self = .chat(.openai)
        case "/v1/messages": self = .chat(.anthropic)
        case "/healthz": self = .health
        case "/readyz": self = .readiness
        case "/metrics": self = .metrics
        case "/api/explain": self = .explain
        case "/v1/feedback": self = .feedback
        case "/v1/models", "/models": self = .models(dialect)
        case let path where path.hasPrefix("/v1/models/"):
            self = .model(String(path.dropFirst("/v1/models/".count)), dialect)
        default: return nil
        }
    }

    var methods: [String] {
        switch self {
        case .chat, .explain, .feedback: ["POST"]
        default: ["GET", "HEAD"]
        }
    }

    var format: WireFormat {
        switch self {
        case .chat(let format), .models(let format), .model(_, let format): format
        default: .openai
        }
    }
}

extension HTTPResponse {
    static func text(_ status: Int, _ text: String, type: String = "text/plain; charset=utf-8") -> HTTPResponse {
        HTTPResponse(status: status, fields: HTTPFields(["content-type": type]), body: Array(text.utf8))
    }

    static func json(_ status: Int, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: status, fields: HTTPFields(["content-type": "application/json"]), body: body)
    }
}
