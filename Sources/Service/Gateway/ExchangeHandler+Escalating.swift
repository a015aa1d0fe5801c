internal import Agreement
internal import Dialogue
internal import EventLoops
internal import HTTPMessages
internal import HTTPServer
internal import Ledger
internal import Providers
internal import Routing

extension ExchangeHandler {
    /// Asks until an answer will do, or the best of those that came must; the client has seen nothing of any.
    ///
    /// With `guarding` a stream is looked at once that much of it has come, else at its end.
    func heldAnswer(
        client: HTTPFields, guarding: HoldBack?, _ snapshot: GatewaySnapshot, _ exchange: Exchange,
        with writer: ResponseWriter
    ) async throws(APIFailure) -> HeldAnswer {
        guard exchange.decision.escalation != nil else {
            return try await onlyAnswer(client: client, guarding: guarding, snapshot, exchange, with: writer)
        }
        let course = exchange.decision.course
        let race = Race(on: loop)
        func answer(at place: Int, after rejected: HeldAnswer?) async -> Race.Answer {
            do throws(Unanswered) {
                let answered = try await self.answer(
                    of: course.plan.order[place], after: rejected, client: client, snapshot, exchange)
                return .success(try await hold(answered, at: place, guarding: guarding, exchange, with: writer))
            } catch {
                return .failure(error)
            }
        }
        var pace = exchange.decision.pace
        var answers: [HeldAnswer] = []
        var closed: Set<Int> = []
        var last: APIFailure?
        while true {
            let next: Race.Answer
            switch course.nextStep(
                after: answers.map(\.opinion), closed: closed, underWay: race.count,
                elapsed: exchange.arrival.duration(to: .current))
            {
            case .deliver(let index):
                await race.cancel()
                await dismiss(answers, but: index, exchange)
                noteLikeness(of: answers, to: index, exchange)
                exchange.opinions = AnswerGroups(answers.compactMap(\.judgement?.canonical)).sizes
                return answers[index]
            case .ask(let place) where race.count < pace.room(after: answers.count, of: course.escalation):
                closed.insert(place)
                guard answers.isEmpty, pace.asksOneByOne else {
                    let before = answers.last
                    race.add(place) { await answer(at: place, after: before) }
                    continue
                }
                next = await answer(at: place, after: nil)
            case .none: throw last ?? Self.nobodyToAsk
            case .ask, .wait:
                guard let first = await race.next(within: pace.hedge) else {
                    // It is late: another is asked beside it, once.
                    pace.atOnce += 1
                    pace.hedge = nil
                    continue
                }
                next = first
            }
            do throws(Unanswered) {
                answers.append(try next.get())
            } catch {
                let isLost = isLost(error.failure, with: writer)
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

    /// Asks one after the other where the first answer is delivered, whatever it says.
    private func onlyAnswer(
        client: HTTPFields, guarding: HoldBack?, _ snapshot: GatewaySnapshot, _ exchange: Exchange,
        with writer: ResponseWriter
    ) async throws(APIFailure) -> HeldAnswer {
        let decision = exchange.decision
        var last: APIFailure?
        for place in decision.plan.order.indices {
            do throws(Unanswered) {
                let answered = try await answer(
                    of: decision.plan.order[place], client: client, snapshot, exchange)
                let held = try await hold(answered, at: place, guarding: guarding, exchange, with: writer)
                if let canonical = held.judgement?.canonical { exchange.opinions = AnswerGroups([canonical]).sizes }
                return held
            } catch {
                if error.isFinal || isLost(error.failure, with: writer) { throw error.failure }
                last = error.failure
            }
        }
        throw last ?? Self.nobodyToAsk
    }

    /// Whether there is nobody left to answer, or nothing to account with.
    private func isLost(_ failure: APIFailure, with writer: ResponseWriter) -> Bool {
        failure == Self.unaccountable || Task.isCancelled || writer.isGone
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

    static let nobodyToAsk = APIFailure(
        .internalError, status: 500, message: "no provider is configured for the plan")
}
