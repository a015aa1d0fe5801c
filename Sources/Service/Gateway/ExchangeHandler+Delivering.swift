internal import Catalog
internal import Dialogue
internal import EventLoops
internal import HTTPMessages
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Providers
internal import Routing
internal import Telemetry
internal import WireFormats

extension ExchangeHandler {
    /// Hands out a whole answer, accounted for first.
    func deliver(
        _ answer: WholeAnswer, of held: HeldAnswer, _ exchange: Exchange, with writer: ResponseWriter
    ) async throws(APIFailure) {
        let candidate = held.answered.planned.candidate
        let record = exchange.record(
            status: writer.isGone ? 499 : 200, delivered: candidate, attempt: held.answered.number, now: .current)
        try await self.record(record)
        exchange.note(
            delivered: DeliveredAnswer(
                planned: held.answered.planned, number: held.answered.number, answer: answer.completion.answer))
        let bytes: [UInt8]
        if candidate.wireFormat != exchange.format {
            bytes = exchange.format.encodeCompletion(
                answer.completion, created: Int(WallClock.microseconds / 1_000_000))
        } else if held.answered.hidesTokenProbabilities {
            bytes = (try? parser.parse(answer.body).withoutTokenProbabilities) ?? answer.body
        } else {
            bytes = answer.body
        }
        var fields = responseFields(exchange, contentType: "application/json")
        annotation(of: exchange, candidate)?.add(record, to: &fields)
        await writer.send(HTTPResponse(status: 200, fields: fields, body: bytes))
    }

    /// Hands out a stream: what has come of it, and the rest as it comes; its end mark waits for the account.
    ///
    /// `isAccounted` says that its attempt is: it has come to its end and was looked at.
    func relay(
        _ stream: HeldStream, of answer: Answered, isAccounted: Bool, _ exchange: Exchange, with writer: ResponseWriter
    ) async {
        let candidate = answer.planned.candidate
        let firstByte = LoopInstant.current.microseconds(since: answer.started)
        begin(of: candidate, attempt: isAccounted ? answer.number : nil, exchange, with: writer)
        let outcome = await pass(stream, to: writer)

        let account = stream.account
        let accounted = isAccounted ? exchange.usage(of: answer.number) : nil
        let usage: TokenUsage
        if let accounted {
            usage = accounted
        } else {
            usage = await self.usage(of: account, exchange, candidate)
            var attempt = completed(answer, usage, firstByte: firstByte)
            attempt.outcome = outcome
            if outcome == .completed {
                let judgement = judge(account.answer, of: answer.planned, exchange)
                judgement?.note(on: &attempt)
                exchange.review = reviewMark(of: judgement, isDelivered: true, exchange)
            }
            exchange.add(attempt)
        }
        let status = outcome == .cancelled ? 499 : outcome == .failed ? 502 : 200
        let record = exchange.record(
            status: status, delivered: candidate, attempt: answer.number, now: .current)
        var tail: [UInt8] = []
        do {
            try await self.record(record)
            if outcome == .completed {
                exchange.note(
                    delivered: DeliveredAnswer(
                        planned: answer.planned, number: answer.number, answer: account.answer))
                let end = stream.close(usage: usage)
                tail = end.rest + (annotation(of: exchange, candidate)?.comment(record) ?? []) + end.mark
            }
        } catch {
            tail = stream.fail(error)
        }
        if !tail.isEmpty { try? await writer.write(tail) }
        await writer.finish()
    }

    /// What turns an answer's stream into its client's.
    func relay(of answer: Answered, _ exchange: Exchange) -> StreamRelay {
        StreamRelay(
            from: answer.planned.candidate.wireFormat, to: exchange.format, prompt: exchange.prompt,
            created: Int(WallClock.microseconds / 1_000_000), hiding: answer.hidesTokenProbabilities ? parser : nil)
    }

    private func begin(
        of candidate: Candidate, attempt: Int?, _ exchange: Exchange, with writer: ResponseWriter
    ) {
        guard !writer.hasBegun else { return }
        var fields = streamFields(exchange)
        let begun = exchange.record(status: 200, delivered: candidate, attempt: attempt, now: .current)
        annotation(of: exchange, candidate)?.addDecision(begun, to: &fields)
        writer.begin(status: 200, fields: fields)
    }

    /// Passes a stream on as it comes, up to its end mark, and says how it ended; the client is told if it broke off.
    private func pass(
        _ stream: HeldStream, to writer: ResponseWriter
    ) async -> AttemptRecord.Outcome {
        do {
            var out = stream.takePiece() ?? []
            while let next = stream.takePiece() {
                try await writer.write(out)
                out = next
            }
            while true {
                let failure = gather(stream, into: &out)
                if !out.isEmpty { try await writer.write(out) }
                if let failure { throw failure }
                if Task.isCancelled || writer.isGone { throw ClientGone() }
                guard !stream.hasEnded, let step = try await stream.rest?.next() else { break }
                out = stream.pass(step)
            }
            if stream.account.failure != nil { return .failed }
            guard stream.account.finished else { throw Self.brokenOff }
            return .completed
        } catch {
            stream.rest?.cancel()
            if error is ClientGone || writer.isGone { return .cancelled }
            try? await writer.write(stream.fail(error as? APIFailure ?? Self.brokenOff))
            return .failed
        }
    }

    /// What has arrived already leaves together, in one write; a failure behind it waits for that.
    private func gather(_ stream: HeldStream, into out: inout [UInt8]) -> APIFailure? {
        do {
            while !stream.hasEnded, let event = try stream.rest?.buffered() { out += stream.pass(event) }
            return nil
        } catch {
            return error
        }
    }

    static let brokenOff = APIFailure(
        .upstream, status: 502, message: "the provider broke off its answer before the end; try again")
}

extension Completion {
    /// Everything the model wrote, all choices of it, for counting where the provider sends no usage.
    var written: String {
        ([content] + alternatives).joined().reduce(into: "") { text, part in
            switch part {
            case .text(let more), .refusal(let more), .thinking(let more, _): text += more
            case .toolCall(let call): text += call.name + call.arguments
            case .image, .toolResult, .other: break
            }
        }
    }
}
