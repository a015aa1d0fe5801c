package import Dialogue
package import HTTPClient
package import HTTPMessages
package import JSON
internal import WireFormats

/// One request to one provider, ready to be sent.
package struct UpstreamCall: Sendable {
    package var endpoint: ProviderEndpoint
    package var fields: HTTPFields
    package var body: [UInt8]
    package var stream: Bool
    package var timeouts: ClientTimeouts

    package init(
        endpoint: ProviderEndpoint, fields: HTTPFields, body: [UInt8], stream: Bool, timeouts: ClientTimeouts
    ) {
        self.endpoint = endpoint
        self.fields = fields
        self.body = body
        self.stream = stream
        self.timeouts = timeouts
    }
}

/// What a provider answered with success.
package enum UpstreamAnswer {
    case whole(WholeAnswer)
    case stream(UpstreamStream)
}

/// An answer that came in one piece; handed from one to the next, hence a reference.
package final class WholeAnswer: Sendable {
    /// As it came.
    package let body: [UInt8]
    /// What it says.
    package let completion: Completion

    init(body: [UInt8], _ completion: Completion) {
        self.body = body
        self.completion = completion
    }
}

/// Asks providers, on one event loop.
package final class Upstream {
    private let client: Client
    private let parser: JSONParser

    package init(client: Client, parser: JSONParser) {
        self.client = client
        self.parser = parser
    }

    /// Sends one call and returns when its answer is there, or, streamed, when it has begun.
    ///
    /// - Throws: a failure in neutral words; its message names the provider, never the gateway's key.
    package func ask(_ call: UpstreamCall) async throws(APIFailure) -> UpstreamAnswer {
        let response: ClientResponse
        do {
            response = try await client.send(
                ClientRequest(
                    method: "POST", url: call.endpoint.url, fields: call.fields, body: call.body,
                    timeouts: call.timeouts))
        } catch {
            throw failure(of: error, call.endpoint)
        }
        guard response.status == 200 else { throw await refusal(response, call.endpoint) }
        if call.stream, response.fields["content-type"]?.hasPrefix("text/event-stream") ?? true {
            return .stream(UpstreamStream(response: response, endpoint: call.endpoint, parser: parser))
        }
        let body: [UInt8]
        do {
            body = try await response.collect(limit: Self.largestAnswer)
        } catch {
            throw failure(of: error, call.endpoint)
        }
        do {
            return .whole(
                WholeAnswer(body: body, try call.endpoint.format.decodeCompletion(body, parser: parser)))
        } catch {
            throw APIFailure(
                .upstream, status: 502,
                message: "\(call.endpoint.name) sent an answer that is no \(call.endpoint.format.rawValue) completion")
        }
    }

    private func refusal(_ response: borrowing ClientResponse, _ endpoint: ProviderEndpoint) async -> APIFailure {
        let body = (try? await response.collect(limit: 1 << 20)) ?? []
        let failure = endpoint.format.decodeFailure(
            status: response.status, fields: response.fields, body: body, parser: parser)
        return failure.seenByClient(of: endpoint.name)
    }

    private static let largestAnswer = 64 << 20
}

/// An answer that arrives event by event.
package final class UpstreamStream {
    /// One server-sent event: its bytes as they came, and what it says.
    package struct Step: Sendable {
        package let raw: [UInt8]
        package let events: [CompletionEvent]
    }

    private let response: ClientResponse
    private let endpoint: ProviderEndpoint
    private let parser: JSONParser
    private var frames = ServerSentEventParser()
    private var decoder: CompletionEventDecoder
    private var isAtEnd = false

    init(response: consuming ClientResponse, endpoint: ProviderEndpoint, parser: JSONParser) {
        self.response = response
        self.endpoint = endpoint
        self.parser = parser
        decoder = CompletionEventDecoder(endpoint.format)
    }

    /// The next event, or nil when the provider has closed the stream.
    package func next() async throws(APIFailure) -> Step? {
        while true {
            if let step = try buffered() { return step }
            guard !isAtEnd else { return nil }
            let bytes: [UInt8]?
            do {
                bytes = try await response.next()
            } catch {
                throw failure(of: error, endpoint)
            }
            if let bytes {
                frames.append(bytes)
            } else {
                isAtEnd = true
                frames.finish()
            }
        }
    }

    /// The next event that has arrived already, or nil if waiting is needed.
    package func buffered() throws(APIFailure) -> Step? {
        do {
            guard let event = try frames.next() else { return nil }
            return Step(raw: event.raw, events: try decoder.decode(event, parser: parser))
        } catch let failure as APIFailure {
            throw failure
        } catch {
            throw APIFailure(.upstream, status: 502, message: "\(endpoint.name) sent an event that is too large")
        }
    }

    /// Ends the call; what has not arrived is not waited for.
    package func cancel() {
        response.cancel()
    }
}

private func failure(of error: ClientError, _ endpoint: ProviderEndpoint) -> APIFailure {
    switch error {
    case .timeout(.connect):
        APIFailure(.upstream, status: 504, message: "\(endpoint.name) took no connection in time")
    case .timeout:
        APIFailure(
            .timeout, status: 504, message: "\(endpoint.name) did not answer in time", code: APIFailure.impatience)
    case .closed(.afterHead):
        APIFailure(
            .upstream, status: 502, message: "\(endpoint.name) broke off its answer before the end",
            code: APIFailure.brokenAnswer)
    case .tooLarge:
        APIFailure(.internalError, status: 502, message: "\(endpoint.name) sent an answer that is too large")
    case .cancelled:
        APIFailure(.internalError, status: 499, message: "the client hung up")
    case .badURL:
        APIFailure(.internalError, status: 502, message: "\(endpoint.name): base_url is no http or https URL")
    default:
        APIFailure(.upstream, status: 502, message: "\(endpoint.name) could not be reached or broke off the connection")
    }
}

extension APIFailure {
    fileprivate static let impatience = "upstream_timeout"
    fileprivate static let brokenAnswer = "upstream_broken_answer"

    /// Whether the gateway stopped waiting for an answer that may still have been written.
    package var isImpatience: Bool { code == Self.impatience }

    /// Whether the provider may charge for the call although it failed: it was at work.
    package var leavesCost: Bool { isImpatience || code == Self.brokenAnswer }

    /// The failure as the gateway's client is to see it: what a provider holds against the gateway's own account is
    /// the operator's business, and its text may quote a part of the key.
    func seenByClient(of provider: ProviderName) -> APIFailure {
        var seen = self
        switch kind {
        case .authentication, .permission:
            seen.status = 502
            seen.message = "\(provider) refused the gateway's credentials (status \(status)); check its key"
        case .quotaExceeded:
            seen.status = 503
            seen.message = "the gateway's account at \(provider) has no quota left"
        default:
            break
        }
        return seen
    }
}
