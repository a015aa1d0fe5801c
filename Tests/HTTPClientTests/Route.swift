import EventLoops
import HTTPClient
import HTTPMessages

/// The two ways a request for plain http can take.
enum Route: CaseIterable, Sendable {
    /// To an address: spoken natively.
    case native
    /// To a name, or to an address in a spelling that only libcurl takes.
    case curl

    func url(_ port: UInt16, _ target: String = "/") -> String {
        switch self {
        case .native: "http://127.0.0.1:\(port)\(target)"
        case .curl: "http://127.1:\(port)\(target)"
        }
    }
}

/// A whole response.
struct Answer: Equatable, Sendable {
    let status: Int
    let fields: HTTPFields
    let body: String
}

/// Runs the body with a client on a loop of their own; both end with it.
func withClient<Value: Sendable>(
    _ settings: ClientSettings = ClientSettings(), _ body: @escaping @Sendable (Client) async throws -> Value
) async throws -> Value {
    let loop = try EventLoop()
    let task = Task(executorPreference: loop) { try await body(Client(loop: loop, settings: settings)) }
    let result = await withTaskCancellationHandler {
        await task.result
    } onCancel: {
        task.cancel()
    }
    await loop.stop()
    return try result.get()
}

extension Client {
    func fetch(
        _ url: String, method: String = "GET", fields: HTTPFields = HTTPFields(), body: String = "",
        timeouts: ClientTimeouts = ClientTimeouts(), limit: Int = 1 << 20
    ) async throws(ClientError) -> Answer {
        let response = try await send(
            ClientRequest(method: method, url: url, fields: fields, body: Array(body.utf8), timeouts: timeouts))
        let body = try await response.collect(limit: limit)
        return Answer(
            status: response.status, fields: response.fields, body: String(decoding: body, as: UTF8.self))
    }
}

/// The client's error, or nil if the body throws none.
func clientError<Value: Sendable>(
    _ settings: ClientSettings = ClientSettings(), _ body: @escaping @Sendable (Client) async throws -> Value
) async throws -> ClientError? {
    do {
        _ = try await withClient(settings, body)
        return nil
    } catch let error as ClientError {
        return error
    }
}
