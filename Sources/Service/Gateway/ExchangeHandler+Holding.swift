internal import Agreement
internal import Catalog
internal import Checks
internal import Dialogue
internal import EventLoops
internal import HTTPServer
internal import Ledger
internal import Providers
internal import Routing
internal import TaskClasses
internal import WireFormats

extension ExchangeHandler {
    /// The most of a streamed answer that is held, in bytes as they came; a longer one is handed out unseen.
    private static let mostHeldBytes = 1 << 20

    /// Reads an answer to its end, or as far as it is guarded, and looks at it; `writer` is the client's who waits for it.
    func hold(
        _ answered: Answered, at place: Int, guarding: HoldBack? = nil, _ exchange: Exchange,
        with writer: ResponseWriter?
    ) async throws(Unanswered) -> HeldAnswer {
        let candidate = answered.planned.candidate
        switch answered.answer {
        case .whole(let answer):
            let usage = await usage(
                answer.completion.usage, isFinal: true, text: answer.completion.written, of: exchange, candidate)
            let judgement = judge(
                { answer.completion.answer(to: $0, taskClass: $1) }, of: answered.planned, exchange)
            return keep(answered, at: place, .whole(answer), judgement, usage, firstByte: nil, exchange)
        case .stream(let stream):
            let firstByte = LoopInstant.current.microseconds(since: answered.started)
            let held = HeldStream(through: relay(of: answered, exchange), isDeliverable: writer != nil)
            do throws(APIFailure) {
                let isWhole = try await collect(
                    stream, from: answered.firstStep, guarding: guarding, into: held, with: writer)
                if !isWhole {
                    held.rest = stream
                    return beginning(of: answered, at: place, held, exchange)
                }
            } catch {
                stream.cancel()
                let usage = await usage(of: held.account, exchange, candidate)
                var attempt = completed(answered, usage, firstByte: firstByte)
                attempt.outcome = writer?.isGone ?? false || Task.isCancelled ? .cancelled : .failed
                exchange.add(attempt)
                throw Unanswered(failure: error, isFinal: Recourse(after: error) == .giveUp)
            }
            return keep(
                answered, at: place, .stream(held), judge(held.account.answer, of: answered.planned, exchange),
                await usage(of: held.account, exchange, candidate), firstByte: firstByte, exchange)
        }
    }

    /// An answer of which enough has come to be let through, unless something speaks against it already.
    private func beginning(
        of answered: Answered, at place: Int, _ held: HeldStream, _ exchange: Exchange
    ) -> HeldAnswer {
        let judgement = Judgement(
            ofBeginning: held.account.answer(to: exchange.prompt, taskClass: exchange.decision.classification.taskClass)
        )
        return HeldAnswer(
            answered, .stream(held), judgement,
            draft: Draft(place: place, probability: judgement.probability, cost: answered.planned.estimatedCost),
            isAccounted: false)
    }

    private func keep(
        _ answered: Answered, at place: Int, _ content: HeldAnswer.Content, _ judgement: Judgement?,
        _ usage: TokenUsage, firstByte: Int64?, _ exchange: Exchange
    ) -> HeldAnswer {
        var attempt = completed(answered, usage, firstByte: firstByte)
        judgement?.note(on: &attempt)
        exchange.add(attempt)
        return HeldAnswer(
            answered, content, judgement,
            draft: Draft(place: place, probability: judgement?.probability ?? 1, cost: attempt.cost), isAccounted: true)
    }

    /// Looks at an answer that has come to its end; nil where the route has none looked at.
    func judge(
        _ answer: (Prompt, TaskClass) -> Answer, of planned: PlannedCandidate, _ exchange: Exchange
    ) -> Judgement? {
        let decision = exchange.decision
        guard decision.looksAtAnswers else { return nil }
        var answer = answer(exchange.prompt, decision.classification.taskClass)
        let isKept = decision.answers != nil || sketches.take(at: exchange.arrivalTime)
        let canonical = isKept || decision.guide != nil ? CanonicalAnswer(of: &answer, with: decider.extractor) : nil
        let judgement = Judgement(
            of: &answer, saying: isKept ? canonical : nil, by: planned, decision, with: decider.extractor)
        guard let guide = decision.guide, let canonical else { return judgement }
        let place = decision.plan.order.place(of: planned.candidate)
        return judgement.by(
            place.flatMap { guide.probability(of: judgement.findings, at: $0) },
            saying: canonical)
    }

    /// Reads a stream up to its end mark, or until its guarded beginning has come.
    ///
    /// An answer that calls tools is read to its end: half a call tells nothing, and is of no use to the client.
    /// - Returns: whether it has come to its end.
    private func collect(
        _ stream: UpstreamStream, from first: UpstreamStream.Step?, guarding: HoldBack?,
        into held: HeldStream, with writer: ResponseWriter?
    ) async throws(APIFailure) -> Bool {
        var size = 0
        let start = LoopInstant.current
        var step = first
        while let current = step {
            held.hold(current)
            size += current.raw.count
            if let failure = held.account.failure { throw failure }
            if held.hasEnded { return true }
            if size > Self.mostHeldBytes { return false }
            if writer?.isGone ?? false || Task.isCancelled { throw Self.hungUp }
            if let guarding, !held.account.callsTools,
                guarding.isOver(bytes: held.account.writtenBytes, elapsed: start.duration(to: .current))
            {
                return false
            }
            step = try await stream.next()
        }
        guard held.account.finished else { throw Self.brokenOff }
        return true
    }

    /// Hands out what was held, accounted for first.
    func deliver(
        _ held: HeldAnswer, _ exchange: Exchange, with writer: ResponseWriter
    ) async throws(APIFailure) {
        if held.isAccounted {
            exchange.review = reviewMark(of: held.judgement, isDelivered: false, exchange)
            if exchange.review?.isHeld ?? false { throw Self.awaitsReview }
        }
        switch held.content {
        case .whole(let answer): try await deliver(answer, of: held, exchange, with: writer)
        case .stream(let stream):
            await relay(stream, of: held.answered, isAccounted: held.isAccounted, exchange, with: writer)
        }
    }

    private static let hungUp = APIFailure(.internalError, status: 499, message: "the client hung up")
}
