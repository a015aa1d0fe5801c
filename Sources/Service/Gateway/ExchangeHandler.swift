package import Admission
package import BytePairs
internal import Catalog
internal import Configuration
package import Dialogue
internal import HTTPClient
package import HTTPMessages
package import HTTPServer
package import JSON
internal import Journal
internal import Ledger
package import Providers
internal import Routing
internal import Telemetry
package import WireFormats

/// Carries a chat request from its bytes to the answer's last byte; one for each event loop.
///
/// This is the function to read first: ``carry(_:as:caller:with:)`` names the stages in order.
package final class ExchangeHandler {
    private let state: GatewayState
    private let upstream: Upstream
    private let decider: Decider
    private let parser: JSONParser
    private let tokens: TokenCounter
    private let clock = ContinuousClock()

    package init(state: GatewayState, upstream: Upstream, decider: Decider, parser: JSONParser, tokens: TokenCounter) {
        self.state = state
        self.upstream = upstream
        self.decider = decider
        self.parser = parser
        self.tokens = tokens
    }

    /// Decodes, decides, asks until a candidate answers, accounts, and delivers.
    ///
    /// - Throws: a failure before any provider was asked, or one of the journal; nothing was sent to the client then.
    package func carry(
        _ request: HTTPRequest, as format: WireFormat, caller: Caller, with writer: ResponseWriter
    ) async throws(APIFailure) {
        let arrival = clock.now
        let snapshot = state.snapshot
        let decoded = try format.decodeRequest(request.body, parser: parser)
        let pinned = request.fields["x-farthing-route"] == "off"
        let decision = try decider.decide(
            decoded.prompt, from: format, pinned: pinned, configuration: snapshot.configuration)
        do { try caller.require(decision.route?.name) } catch { throw error.failure }
        var exchange = Exchange(
            id: ExchangeID.next(), arrival: arrival, arrivalTime: WallClock.microseconds, caller: caller.name,
            format: format, prompt: decoded.prompt, decision: decision)
        let answer: Answered
        do {
            answer = try await firstAnswer(to: decoded, client: request.fields, snapshot, &exchange)
        } catch {
            let status = writer.isGone ? 499 : error.status
            try await record(exchange.record(status: status, delivered: nil, now: clock.now))
            return await writer.send(GatewayHandler.response(error, format, id: exchange.id))
        }
        switch answer.answer {
        case .whole(let body, let completion):
            try await deliver(body, completion, of: answer, exchange, with: writer)
        case .stream(let stream):
            await relay(stream, of: answer, exchange, with: writer)
        }
    }

    // MARK: Asking

    /// A candidate's answer, or the beginning of one.
    private struct Answered {
        let planned: PlannedCandidate
        let answer: UpstreamAnswer
        let started: ContinuousClock.Instant
        /// The first event of a stream, which had to be seen before the client could be promised an answer.
        var firstStep: UpstreamStream.Step?
    }

    private func firstAnswer(
        to decoded: DecodedRequest, client: HTTPFields, _ snapshot: GatewaySnapshot, _ exchange: inout Exchange
    ) async throws(APIFailure) -> Answered {
        var last: APIFailure?
        for planned in exchange.decision.plan.order {
            guard let endpoint = snapshot.endpoints[planned.candidate.provider] else { continue }
            var call = UpstreamCall(
                endpoint: endpoint, fields: endpoint.callFields(client: client, speaks: decoded.format),
                body: try body(of: decoded, for: planned.candidate, endpoint), stream: decoded.prompt.stream,
                timeouts: state.timeouts)
            var tries = 0
            while true {
                call.timeouts.total = state.timeouts.total - (clock.now - exchange.arrival)
                let failure: APIFailure
                do {
                    return try await attempt(call, planned, &exchange)
                } catch {
                    failure = error
                }
                tries += 1
                last = failure
                let recourse = Recourse(after: failure)
                if recourse == .giveUp || failure == Self.unaccountable || Task.isCancelled { throw failure }
                let remaining = state.timeouts.total - (clock.now - exchange.arrival)
                guard remaining > .zero else { throw failure }
                guard recourse == .retry,
                    let delay = state.retries.delay(
                        before: tries, after: failure, remaining: remaining, uniform: Double.random(in: 0..<1))
                else { break }
                do { try await clock.sleep(for: delay) } catch { throw failure }
            }
        }
        throw last ?? APIFailure(.internalError, status: 500, message: "no provider is configured for the plan")
    }

    private func attempt(
        _ call: UpstreamCall, _ planned: PlannedCandidate, _ exchange: inout Exchange
    ) async throws(APIFailure) -> Answered {
        let started = clock.now
        try note(exchange.intent(to: planned, now: started))
        do throws(APIFailure) {
            let answer = try await upstream.ask(call)
            guard case .stream(let stream) = answer else {
                return Answered(planned: planned, answer: answer, started: started)
            }
            guard let first = try await stream.next() else { throw Self.brokenOff }
            if case .failure(let failure) = first.events.first { throw failure }
            return Answered(planned: planned, answer: answer, started: started, firstStep: first)
        } catch {
            let usage = Task.isCancelled || error.leavesCost ? exchange.abandonedUsage : TokenUsage()
            exchange.add(
                AttemptRecord(
                    number: exchange.attempts.count, model: planned.candidate.model.name,
                    provider: planned.candidate.provider,
                    outcome: Task.isCancelled || error.isImpatience ? .cancelled : .failed, status: error.status,
                    usage: usage, cost: planned.candidate.prices.cost(of: usage),
                    duration: (clock.now - started).microseconds, firstByte: nil))
            throw error
        }
    }

    private func body(
        of decoded: DecodedRequest, for candidate: Candidate, _ endpoint: ProviderEndpoint
    ) throws(APIFailure) -> [UInt8] {
        if endpoint.format == decoded.format {
            return endpoint.format.passThrough(decoded, model: candidate.upstreamName)
        }
        return try endpoint.format.encodeRequest(decoded.prompt, from: decoded.format, model: candidate.upstreamName)
    }

    // MARK: Delivering

    private func deliver(
        _ body: [UInt8], _ completion: Completion, of answer: Answered, _ exchange: Exchange,
        with writer: ResponseWriter
    ) async throws(APIFailure) {
        var exchange = exchange
        let candidate = answer.planned.candidate
        let usage = await usage(completion.usage, isFinal: true, text: completion.written, of: exchange, candidate)
        exchange.add(completed(answer, usage, firstByte: nil, number: exchange.attempts.count))
        let record = exchange.record(status: writer.isGone ? 499 : 200, delivered: candidate, now: clock.now)
        try await self.record(record)
        let bytes =
            candidate.wireFormat == exchange.format
            ? body
            : exchange.format.encodeCompletion(completion, created: Int(WallClock.microseconds / 1_000_000))
        var fields = responseFields(exchange, contentType: "application/json")
        annotation(record, exchange, candidate)?.add(to: &fields)
        await writer.send(HTTPResponse(status: 200, fields: fields, body: bytes))
    }

    private func relay(
        _ stream: UpstreamStream, of answer: Answered, _ exchange: Exchange, with writer: ResponseWriter
    ) async {
        var exchange = exchange
        let candidate = answer.planned.candidate
        let firstByte = (clock.now - answer.started).microseconds
        var relay = StreamRelay(
            from: candidate.wireFormat, to: exchange.format, prompt: exchange.prompt,
            created: Int(WallClock.microseconds / 1_000_000))
        begin(of: candidate, exchange, with: writer)
        let outcome = await pass(stream, from: answer.firstStep, through: &relay, to: writer)

        let account = relay.account
        let usage = await usage(
            account.usage, isFinal: account.isUsageFinal, text: account.text, of: exchange, candidate)
        var attempt = completed(answer, usage, firstByte: firstByte, number: exchange.attempts.count)
        attempt.outcome = outcome
        exchange.add(attempt)
        let status = outcome == .cancelled ? 499 : outcome == .failed ? 502 : 200
        let record = exchange.record(status: status, delivered: candidate, now: clock.now)
        var tail: [UInt8] = []
        do {
            try await self.record(record)
            if outcome == .completed {
                let end = relay.close(usage: usage)
                tail = end.rest + (annotation(record, exchange, candidate)?.comment ?? []) + end.mark
            }
        } catch {
            tail = relay.fail(error)
        }
        if !tail.isEmpty { try? await writer.write(tail) }
        await writer.finish()
    }

    private func begin(of candidate: Candidate, _ exchange: Exchange, with writer: ResponseWriter) {
        var fields = responseFields(exchange, contentType: "text/event-stream")
        fields.set("cache-control", "no-cache")
        let begun = exchange.record(status: 200, delivered: candidate, now: clock.now)
        annotation(begun, exchange, candidate)?.addDecision(to: &fields)
        writer.begin(status: 200, fields: fields)
    }

    /// Passes a stream on as it comes, up to its end mark, and says how it ended; the client is told if it broke off.
    private func pass(
        _ stream: UpstreamStream, from first: UpstreamStream.Step?, through relay: inout StreamRelay,
        to writer: ResponseWriter
    ) async -> AttemptRecord.Outcome {
        do {
            var step = first
            while let current = step, !relay.hasEnded {
                var out = relay.take(current)
                let failure = gather(stream, through: &relay, into: &out)
                if !out.isEmpty { try await writer.write(out) }
                if let failure { throw failure }
                if Task.isCancelled || writer.isGone { throw ClientGone() }
                step = relay.hasEnded ? nil : try await stream.next()
            }
            if relay.account.failure != nil { return .failed }
            guard relay.account.finished else { throw Self.brokenOff }
            return .completed
        } catch {
            stream.cancel()
            if error is ClientGone || writer.isGone { return .cancelled }
            try? await writer.write(relay.fail(error as? APIFailure ?? Self.brokenOff))
            return .failed
        }
    }

    /// What has arrived already leaves together, in one write; a failure behind it waits for that.
    private func gather(
        _ stream: UpstreamStream, through relay: inout StreamRelay, into out: inout [UInt8]
    ) -> APIFailure? {
        do {
            while !relay.hasEnded, let event = try stream.buffered() { out += relay.take(event) }
            return nil
        } catch {
            return error
        }
    }

    private static let brokenOff = APIFailure(
        .upstream, status: 502, message: "the provider broke off its answer before the end; try again")

    // MARK: Accounting

    private func completed(
        _ answer: Answered, _ usage: TokenUsage, firstByte: Int64?, number: Int
    ) -> AttemptRecord {
        let candidate = answer.planned.candidate
        return AttemptRecord(
            number: number, model: candidate.model.name, provider: candidate.provider, outcome: .completed, status: 200,
            usage: usage, cost: candidate.prices.cost(of: usage), duration: (clock.now - answer.started).microseconds,
            firstByte: firstByte)
    }

    /// The provider's own usage, or the gateway's count of what it did not say.
    private func usage(
        _ sent: TokenUsage?, isFinal: Bool, text: String, of exchange: Exchange, _ candidate: Candidate
    ) async -> TokenUsage {
        if let sent, isFinal { return sent }
        let prompt = exchange.prompt.messages.map(\.text)
        let counted = await tokens.count([prompt.joined(separator: "\n"), text], model: candidate.model.name.text)
        var usage = sent ?? TokenUsage(input: counted[0])
        usage.output = max(usage.output, counted[1])
        usage.isEstimated = true
        return usage
    }

    private func note(_ intent: AttemptIntent) throws(APIFailure) {
        do {
            try state.journal.append(intent)
        } catch {
            state.metrics.journalFailures.add()
            throw Self.unaccountable
        }
    }

    private func record(_ record: ExchangeRecord) async throws(APIFailure) {
        state.metrics.observe(record)
        do {
            try state.journal.append(record)
            if state.journal.settings.waitsForSync { try await state.journal.synced() }
        } catch {
            state.metrics.journalFailures.add()
            throw Self.unaccountable
        }
    }

    private static let unaccountable = APIFailure(
        .overloaded, status: 503,
        message:
            "the gateway cannot write its journal, so it refuses what it could not account for; free disk space in "
            + "its data folder")

    private func annotation(_ record: ExchangeRecord, _ exchange: Exchange, _ candidate: Candidate) -> Annotation? {
        guard exchange.decision.route?.annotate ?? true else { return nil }
        return Annotation(
            record: record, decision: exchange.decision.summary,
            ignored: candidate.wireFormat.ignored(of: exchange.prompt, from: exchange.format))
    }

    private func responseFields(_ exchange: Exchange, contentType: String) -> HTTPFields {
        HTTPFields([
            "content-type": contentType, exchange.format.requestIDField: exchange.id.text,
        ])
    }
}

extension WireFormat {
    /// The field in which a client's SDK looks for the request's id.
    package var requestIDField: String {
        switch self {
        case .openai: "x-request-id"
        case .anthropic: "request-id"
        }
    }
}

extension Candidate {
    /// The format that its provider speaks.
    var wireFormat: WireFormat { WireFormat(rawValue: format) ?? .openai }
}

extension Completion {
    /// Everything the model wrote, for counting where the provider sends no usage.
    fileprivate var written: String {
        content.reduce(into: "") { text, part in
            switch part {
            case .text(let more), .refusal(let more), .thinking(let more, _): text += more
            case .toolCall(let call): text += call.name + call.arguments
            case .image, .toolResult, .other: break
            }
        }
    }
}
