internal import Catalog
internal import Checks
internal import Dialogue
internal import HTTPMessages
internal import HTTPServer
internal import Ledger
internal import Providers
internal import Routing
internal import TaskClasses
internal import WireFormats

extension ExchangeHandler {
    /// The most of a streamed answer that is held, in bytes as they came; a longer one is handed out unseen.
    private static let mostHeldBytes = 1 << 20
    /// How long a client waits for a held stream without hearing anything.
    private static let silence = Duration.seconds(5)

    /// Asks until an answer will do, or the best of those that came must; the client has seen nothing of any.
    func heldAnswer(
        to decoded: DecodedRequest, client: HTTPFields, _ snapshot: GatewaySnapshot, _ exchange: inout Exchange,
        with writer: ResponseWriter
    ) async throws(APIFailure) -> HeldAnswer {
        let decision = exchange.decision
        var drafts: [HeldAnswer] = []
        var closed: Set<Int> = []
        var last: APIFailure?
        while true {
            let place: Int
            switch decision.nextStep(after: drafts.map(\.draft), closed: closed) {
            case .deliver(let index): return drafts[index]
            case .none: throw last ?? Self.nobodyToAsk
            case .ask(let next): place = next
            }
            closed.insert(place)
            let planned = decision.plan.order[place]
            do throws(Unanswered) {
                let answered = try await answer(of: planned, to: decoded, client: client, snapshot, &exchange)
                drafts.append(try await hold(answered, at: place, &exchange, with: writer))
            } catch {
                let isLost = error.failure == Self.unaccountable || Task.isCancelled || writer.isGone
                if isLost || error.isFinal && drafts.isEmpty { throw error.failure }
                if error.isFinal { closed.formUnion(decision.plan.order.indices) }
                last = error.failure
            }
        }
    }

    /// Reads an answer to its end and looks at it.
    func hold(
        _ answered: Answered, at place: Int, _ exchange: inout Exchange, with writer: ResponseWriter
    ) async throws(Unanswered) -> HeldAnswer {
        let candidate = answered.planned.candidate
        switch answered.answer {
        case .whole(let body, let completion):
            let usage = await usage(completion.usage, isFinal: true, text: completion.written, of: exchange, candidate)
            let judgement = judge(completion.answer, of: answered.planned, exchange)
            return keep(
                answered, at: place, .whole(body, completion), judgement, usage, firstByte: nil, &exchange)
        case .stream(let stream):
            let firstByte = (clock.now - answered.started).microseconds
            var steps: [UpstreamStream.Step] = []
            var account = StreamAccount()
            do throws(APIFailure) {
                let isTooLong = try await collect(
                    stream, from: answered.firstStep, into: &steps, &account, exchange, with: writer)
                if isTooLong {
                    return HeldAnswer(
                        answered: answered, content: .stream(steps, rest: stream), attempt: nil,
                        draft: Draft(place: place, probability: 1, cost: answered.planned.estimatedCost))
                }
            } catch {
                stream.cancel()
                let usage = await usage(
                    account.usage, isFinal: account.isUsageFinal, text: account.text, of: exchange, candidate)
                var attempt = completed(answered, usage, firstByte: firstByte, number: exchange.attempts.count)
                attempt.outcome = writer.isGone || Task.isCancelled ? .cancelled : .failed
                exchange.add(attempt)
                throw Unanswered(failure: error, isFinal: Recourse(after: error) == .giveUp)
            }
            let usage = await usage(
                account.usage, isFinal: account.isUsageFinal, text: account.text, of: exchange, candidate)
            let judgement = judge(account.answer, of: answered.planned, exchange)
            return keep(
                answered, at: place, .stream(steps, rest: nil), judgement, usage, firstByte: firstByte, &exchange)
        }
    }

    private func keep(
        _ answered: Answered, at place: Int, _ content: HeldAnswer.Content, _ judgement: Judgement,
        _ usage: TokenUsage, firstByte: Int64?, _ exchange: inout Exchange
    ) -> HeldAnswer {
        var attempt = completed(answered, usage, firstByte: firstByte, number: exchange.attempts.count)
        attempt.verdict = judgement.record
        exchange.add(attempt)
        return HeldAnswer(
            answered: answered, content: content, attempt: attempt.number,
            draft: Draft(place: place, probability: judgement.probability, cost: attempt.cost))
    }

    func judge(
        _ answer: (Prompt, TaskClass) -> Answer, of planned: PlannedCandidate, _ exchange: Exchange
    ) -> Judgement {
        Judgement(
            of: answer(exchange.prompt, exchange.decision.classification.taskClass),
            prior: planned.expectation?.probability)
    }

    /// Reads a stream up to its end mark, telling a client that waits long that the answer is being looked at.
    ///
    /// - Returns: whether it is too long to be held; it has not come to its end then.
    private func collect(
        _ stream: UpstreamStream, from first: UpstreamStream.Step?, into steps: inout [UpstreamStream.Step],
        _ account: inout StreamAccount, _ exchange: Exchange, with writer: ResponseWriter
    ) async throws(APIFailure) -> Bool {
        var size = 0
        var heard = exchange.arrival
        var step = first
        while let current = step {
            steps.append(current)
            account.add(current.events)
            size += current.raw.count
            if let failure = account.failure { throw failure }
            if current.events.contains(.end) { return false }
            if size > Self.mostHeldBytes { return true }
            if writer.isGone || Task.isCancelled { throw Self.hungUp }
            if clock.now - heard > Self.silence {
                heard = clock.now
                await reassure(exchange, with: writer)
            }
            step = try await stream.next()
        }
        guard account.finished else { throw Self.brokenOff }
        return false
    }

    /// Keeps the time-outs of a waiting client away.
    private func reassure(_ exchange: Exchange, with writer: ResponseWriter) async {
        if !writer.hasBegun {
            writer.begin(status: 200, fields: streamFields(exchange))
        }
        try? await writer.write(Array(": farthing is looking at the answer\n\n".utf8))
    }

    /// Hands out what was held, accounted for first.
    func deliver(_ held: HeldAnswer, _ exchange: Exchange, with writer: ResponseWriter) async throws(APIFailure) {
        switch held.content {
        case .whole(let body, let completion):
            try await deliver(body, completion, of: held, exchange, with: writer)
        case .stream(let steps, let rest):
            await relay(steps, rest, of: held.answered, attempt: held.attempt, exchange, with: writer)
        }
    }

    static let nobodyToAsk = APIFailure(
        .internalError, status: 500, message: "no provider is configured for the plan")
    private static let hungUp = APIFailure(.internalError, status: 499, message: "the client hung up")
}
