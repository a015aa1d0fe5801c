internal import Catalog
internal import Dialogue
internal import HTTPMessages
internal import HTTPServer
internal import Ledger
internal import Providers
internal import Routing
internal import Telemetry
internal import WireFormats

extension ExchangeHandler {
    /// Hands out a whole answer, accounted for first.
    func deliver(
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

    /// Hands out a stream as it comes; its end mark waits for the account.
    func relay(
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

    static let brokenOff = APIFailure(
        .upstream, status: 502, message: "the provider broke off its answer before the end; try again")
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
