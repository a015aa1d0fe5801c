internal import Agreement
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

    /// Asks until an answer will do, or the best of those that came must; the client has seen nothing of any.
    ///
    /// With `guarding` a stream is looked at once that much of it has come, else at its end.
    func heldAnswer(
        to decoded: DecodedRequest, client: HTTPFields, guarding: HoldBack?, _ snapshot: GatewaySnapshot,
        _ exchange: Exchange, with writer: ResponseWriter
    ) async throws(APIFailure) -> HeldAnswer {
        let course = exchange.decision.course
        let race = Race(on: loop)
        var pace = exchange.decision.pace
        var answers: [HeldAnswer] = []
        var closed: Set<Int> = []
        var last: APIFailure?
        while true {
            switch course.nextStep(
                after: answers.map(\.opinion), closed: closed, underWay: race.count,
                elapsed: clock.now - exchange.arrival)
            {
            case .deliver(let index):
                await race.cancel()
                await dismiss(answers, but: index, exchange)
                noteLikeness(of: answers, to: index, exchange)
                exchange.opinions = AnswerGroups(answers.compactMap(\.judgement?.canonical)).sizes
                return answers[index]
            case .ask(let place) where race.count < pace.room(after: answers.count, of: course.escalation):
                closed.insert(place)
                let before = answers.last
                race.add(place) { [self] in
                    do throws(Unanswered) {
                        let answered = try await answer(
                            of: course.plan.order[place], to: decoded, after: before, client: client, snapshot,
                            exchange)
                        return .success(try await hold(answered, at: place, guarding: guarding, exchange, with: writer))
                    } catch {
                        return .failure(error)
                    }
                }
                continue
            case .none: throw last ?? Self.nobodyToAsk
            case .ask, .wait: break
            }
            guard let next = await race.next(within: pace.hedge) else {
                // It is late: another is asked beside it, once.
                pace.atOnce += 1
                pace.hedge = nil
                continue
            }
            do throws(Unanswered) {
                answers.append(try next.answer.get())
            } catch {
                let isLost = error.failure == Self.unaccountable || Task.isCancelled || writer.isGone
                if isLost || error.isFinal && answers.isEmpty && race.count == 0 {
                    await race.cancel()
                    await dismiss(answers, but: nil, exchange)
                    throw error.failure
                }
                if error.isFinal { closed.formUnion(course.plan.order.indices) }
                last = error.failure
            }
        }
    }

    /// Ends and accounts for the beginnings of answers that are not delivered.
    func dismiss(_ answers: [HeldAnswer], but delivered: Int?, _ exchange: Exchange) async {
        for (index, held) in answers.enumerated() where index != delivered && !held.isAccounted {
            guard case .stream(let stream) = held.content else { continue }
            stream.rest?.cancel()
            var attempt = completed(
                held.answered, await usage(of: stream.account, exchange, held.answered.planned.candidate),
                firstByte: nil)
            attempt.outcome = .cancelled
            held.judgement?.note(on: &attempt)
            exchange.add(attempt)
        }
    }

    /// Reads an answer to its end, or as far as it is guarded, and looks at it; `writer` is the client's who waits for it.
    func hold(
        _ answered: Answered, at place: Int, guarding: HoldBack? = nil, _ exchange: Exchange,
        with writer: ResponseWriter?
    ) async throws(Unanswered) -> HeldAnswer {
        let candidate = answered.planned.candidate
        switch answered.answer {
        case .whole(let body, let completion):
            let usage = await usage(completion.usage, isFinal: true, text: completion.written, of: exchange, candidate)
            return keep(
                answered, at: place, .whole(body, completion), judge(completion.answer, of: answered.planned, exchange),
                usage, firstByte: nil, exchange)
        case .stream(let stream):
            let firstByte = (clock.now - answered.started).microseconds
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
        let start = clock.now
        var step = first
        while let current = step {
            held.hold(current)
            size += current.raw.count
            if let failure = held.account.failure { throw failure }
            if held.hasEnded { return true }
            if size > Self.mostHeldBytes { return false }
            if writer?.isGone ?? false || Task.isCancelled { throw Self.hungUp }
            if let guarding, !held.account.callsTools,
                guarding.isOver(bytes: held.account.writtenBytes, elapsed: clock.now - start)
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
        case .whole(let body, let completion):
            try await deliver(body, completion, of: held, exchange, with: writer)
        case .stream(let stream):
            await relay(stream, of: held.answered, isAccounted: held.isAccounted, exchange, with: writer)
        }
    }

    static let nobodyToAsk = APIFailure(
        .internalError, status: 500, message: "no provider is configured for the plan")
    private static let hungUp = APIFailure(.internalError, status: 499, message: "the client hung up")
}
