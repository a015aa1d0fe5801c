package import Admission
package import BytePairs
internal import Catalog
internal import Configuration
package import Dialogue
package import EventLoops
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
    let loop: EventLoop
    let state: GatewayState
    let journal: JournalTurn
    let upstream: Upstream
    let decider: Decider
    let parser: JSONParser
    let tokens: TokenCounter
    var sketches = SketchBudget()

    package init(
        loop: EventLoop, state: GatewayState, upstream: Upstream, decider: Decider, parser: JSONParser,
        tokens: TokenCounter
    ) {
        self.loop = loop
        self.state = state
        journal = JournalTurn(state.journal, on: loop)
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
        let (arrival, time) = (LoopInstant.current, WallClock.microseconds)
        let snapshot = state.snapshot
        let decoded = try format.decodeRequest(request.body, parser: parser)
        let pinned = request.fields["x-farthing-route"] == "off"
        let exchange = Exchange(
            id: ExchangeID.next(), arrival: arrival, arrivalTime: time, caller: caller.name, request: decoded,
            decision: try decider.decide(
                decoded.prompt, from: format, pinned: pinned, snapshot: snapshot, habits: state.habits, at: time,
                draw: { Double.random(in: 0..<1) }))
        do { try caller.require(exchange.decision.route?.name) } catch { throw error.failure }
        exchange.decision.keepSaving()
        do throws(APIFailure) {
            switch exchange.decision.delivery {
            case .streamed: try await passOn(client: request.fields, snapshot, exchange, with: writer)
            case .held: try await holdBack(client: request.fields, snapshot, exchange, with: writer)
            case .guarded:
                try await holdBack(
                    client: request.fields, guarding: exchange.decision.route?.delivery.hold, snapshot, exchange,
                    with: writer)
            }
        } catch {
            try await refuse(error, exchange, with: writer)
        }
        state.habits.note(exchange)
        compare(exchange, client: request.fields, snapshot)
    }

    /// Asks until an answer will do, and delivers it.
    private func holdBack(
        client: HTTPFields, guarding: HoldBack? = nil, _ snapshot: GatewaySnapshot, _ exchange: Exchange,
        with writer: ResponseWriter
    ) async throws(APIFailure) {
        let patience =
            exchange.prompt.stream
            ? exchange.decision.route.map { route in
                Patience(on: loop, every: route.delivery.patience, head: streamFields(exchange), with: writer)
            } : nil
        defer { patience?.end() }
        let held = try await heldAnswer(client: client, guarding: guarding, snapshot, exchange, with: writer)
        patience?.end()
        try await deliver(held, exchange, with: writer)
    }

    /// Streams the first answer as it comes.
    private func passOn(
        client: HTTPFields, _ snapshot: GatewaySnapshot, _ exchange: Exchange, with writer: ResponseWriter
    ) async throws(APIFailure) {
        let answer = try await firstAnswer(client: client, snapshot, exchange)
        guard case .stream(let stream) = answer.answer else {
            let held: HeldAnswer
            do {
                held = try await hold(answer, at: 0, exchange, with: writer)
            } catch {
                throw error.failure
            }
            return try await deliver(held, exchange, with: writer)
        }
        let begun = HeldStream(through: relay(of: answer, exchange), isDeliverable: true)
        begun.rest = stream
        if let first = answer.firstStep { begun.hold(first) }
        await relay(begun, of: answer, isAccounted: false, exchange, with: writer)
    }

    /// Says that there is no answer, accounted for first; a client that has begun to read is told in its stream.
    private func refuse(_ failure: APIFailure, _ exchange: Exchange, with writer: ResponseWriter)
        async throws(APIFailure)
    {
        if failure == Self.unaccountable, !writer.hasBegun { throw failure }
        let status = writer.isGone ? 499 : failure.status
        let hasBegun = writer.hasBegun
        try await record(exchange.record(status: status, delivered: nil, now: .current))
        guard hasBegun else {
            return await writer.send(GatewayHandler.response(failure, exchange.format, id: exchange.id))
        }
        var encoder = CompletionEventEncoder(exchange.format, created: 0, includeUsage: false)
        try? await writer.write(encoder.encode(.failure(failure)))
        await writer.finish()
    }

    // MARK: Accounting

    func completed(_ answer: Answered, _ usage: TokenUsage, firstByte: Int64?) -> AttemptRecord {
        let candidate = answer.planned.candidate
        return AttemptRecord(
            number: answer.number, model: candidate.model.name, provider: candidate.provider, outcome: .completed,
            status: 200,
            usage: usage, cost: candidate.prices.cost(of: usage),
            duration: LoopInstant.current.microseconds(since: answer.started),
            firstByte: firstByte)
    }

    /// The provider's own usage, or the gateway's count of what it did not say.
    func usage(
        _ sent: TokenUsage?, isFinal: Bool, text: @autoclosure () -> String, of exchange: Exchange,
        _ candidate: Candidate
    ) async -> TokenUsage {
        if let sent, isFinal { return sent }
        let prompt = exchange.prompt.messages.map(\.text)
        let counted = await tokens.count([prompt.joined(separator: "\n"), text()], model: candidate.model.name.text)
        var usage = sent ?? TokenUsage(input: counted[0])
        usage.output = max(usage.output, counted[1])
        usage.isEstimated = true
        return usage
    }

    /// The usage of a stream as far as it came.
    func usage(of account: StreamAccount, _ exchange: Exchange, _ candidate: Candidate) async -> TokenUsage {
        await usage(account.usage, isFinal: account.isUsageFinal, text: account.text, of: exchange, candidate)
    }

    func note(_ intent: AttemptIntent) async throws(APIFailure) {
        do {
            try await journal.append(intent)
        } catch {
            state.metrics.journalFailures.add()
            throw Self.unaccountable
        }
    }

    func record(_ record: ExchangeRecord) async throws(APIFailure) {
        state.metrics.observe(record)
        if let route = record.route { state.drift.note(.escalation, record.isEscalated, of: route) }
        do {
            try await journal.append(record)
            state.recent.note(record)
            if state.journal.settings.waitsForSync { try await state.journal.synced() }
        } catch {
            state.metrics.journalFailures.add()
            throw Self.unaccountable
        }
    }

    static let unaccountable = APIFailure(
        .overloaded, status: 503,
        message:
            "the gateway cannot write its journal, so it refuses what it could not account for; free disk space in "
            + "its data folder")

    /// The head of a stream of which nothing is known yet but its id.
    func streamFields(_ exchange: Exchange) -> HTTPFields {
        var fields = responseFields(exchange, contentType: "text/event-stream")
        fields.set("cache-control", "no-cache")
        return fields
    }

    func annotation(of exchange: Exchange, _ candidate: Candidate) -> Annotation? {
        guard exchange.decision.route?.annotate ?? true else { return nil }
        let format = candidate.wireFormat
        return Annotation(
            exchange: exchange,
            ignored: format == exchange.format ? [] : format.ignored(of: exchange.prompt, from: exchange.format))
    }

    func responseFields(_ exchange: Exchange, contentType: String) -> HTTPFields {
        var fields = HTTPFields()
        fields.append("content-type", contentType)
        fields.append(exchange.format.requestIDField, exchange.id.text)
        return fields
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
