internal import Catalog
internal import Checks
internal import Dialogue
internal import EventLoops
internal import HTTPClient
internal import HTTPMessages
internal import JSON
internal import Journal
internal import Ledger
internal import Providers
internal import Routing
internal import WireFormats

extension ExchangeHandler {
    /// A candidate's answer, or the beginning of one; handed from one to the next, hence a reference.
    final class Answered {
        let planned: PlannedCandidate
        /// The attempt's number.
        let number: Int
        /// Whether the gateway asked for probabilities of tokens that the client does not want.
        let hidesTokenProbabilities: Bool
        let answer: UpstreamAnswer
        /// The first event of a stream, which had to be seen before the client could be promised an answer.
        let firstStep: UpstreamStream.Step?
        let started: LoopInstant

        init(
            _ answer: UpstreamAnswer, beginning firstStep: UpstreamStream.Step? = nil, of planned: PlannedCandidate,
            number: Int, hidesTokenProbabilities: Bool, started: LoopInstant
        ) {
            self.answer = answer
            self.firstStep = firstStep
            self.planned = planned
            self.number = number
            self.hidesTokenProbabilities = hidesTokenProbabilities
            self.started = started
        }
    }

    /// Asks the plan's candidates in order, each as often as the retry policy allows, until one answers.
    func firstAnswer(
        client: HTTPFields, _ snapshot: GatewaySnapshot, _ exchange: Exchange
    ) async throws(APIFailure) -> Answered {
        var last: APIFailure?
        for planned in exchange.decision.plan.order {
            do throws(Unanswered) {
                return try await answer(of: planned, client: client, snapshot, exchange)
            } catch {
                if error.isFinal { throw error.failure }
                last = error.failure
            }
        }
        throw last ?? Self.nobodyToAsk
    }

    /// Why a candidate did not answer.
    struct Unanswered: Error {
        let failure: APIFailure
        /// Whether asking another would not help either.
        let isFinal: Bool
    }

    /// Asks one candidate as often as the retry policy allows; where the route wants it he is shown the answer before, which
    /// would not do.
    func answer(
        of planned: PlannedCandidate, after rejected: HeldAnswer? = nil, client: HTTPFields,
        _ snapshot: GatewaySnapshot, _ exchange: Exchange
    ) async throws(Unanswered) -> Answered {
        guard let endpoint = snapshot.endpoints[planned.candidate.provider] else {
            throw Unanswered(failure: Self.nobodyToAsk, isFinal: false)
        }
        let decoded = exchange.request
        let hidesTokens =
            endpoint.tellsTokenProbabilities && exchange.decision.looksAtAnswers && decoded.prompt.tools.isEmpty
            && !decoded.prompt.asksForTokenProbabilities
        let body: [UInt8]
        do {
            let shown = exchange.decision.route?.handover == .draft ? rejected : nil
            body = try self.body(of: decoded, after: shown, tokens: hidesTokens, for: planned.candidate, endpoint)
        } catch {
            throw Unanswered(failure: error, isFinal: true)
        }
        var call = UpstreamCall(
            endpoint: endpoint, fields: endpoint.callFields(client: client, speaks: decoded.format), body: body,
            stream: decoded.prompt.stream, timeouts: state.timeouts)
        var tries = 0
        while true {
            call.timeouts.total = timeLeft(for: exchange)
            let failure: APIFailure
            do {
                return try await attempt(call, planned, hidesTokens: hidesTokens, exchange)
            } catch {
                failure = error
            }
            tries += 1
            let recourse = Recourse(after: failure)
            let remaining = timeLeft(for: exchange)
            guard recourse != .giveUp, failure != Self.unaccountable, !Task.isCancelled, remaining > .zero else {
                throw Unanswered(failure: failure, isFinal: true)
            }
            guard recourse == .retry,
                let delay = state.retries.delay(
                    before: tries, after: failure, remaining: remaining, uniform: Double.random(in: 0..<1))
            else { throw Unanswered(failure: failure, isFinal: false) }
            do { try await ContinuousClock().sleep(for: delay) } catch {
                throw Unanswered(failure: failure, isFinal: true)
            }
        }
    }

    private func timeLeft(for exchange: Exchange) -> Duration {
        state.timeouts.total - exchange.arrival.duration(to: .current)
    }

    private func attempt(
        _ call: UpstreamCall, _ planned: PlannedCandidate, hidesTokens: Bool, _ exchange: Exchange
    ) async throws(APIFailure) -> Answered {
        let started = LoopInstant.current
        let intent = exchange.intent(to: planned, now: started)
        try await note(intent)
        do throws(APIFailure) {
            let answer = try await upstream.ask(call)
            var first: UpstreamStream.Step?
            if case .stream(let stream) = answer {
                first = try await stream.next()
                guard let first else { throw Self.brokenOff }
                if case .failure(let failure) = first.events.first { throw failure }
            }
            return Answered(
                answer, beginning: first, of: planned, number: intent.number, hidesTokenProbabilities: hidesTokens,
                started: started)
        } catch {
            let usage = Task.isCancelled || error.leavesCost ? exchange.abandonedUsage : TokenUsage()
            exchange.add(
                AttemptRecord(
                    number: intent.number, model: planned.candidate.model.name,
                    provider: planned.candidate.provider,
                    outcome: Task.isCancelled || error.isImpatience ? .cancelled : .failed, status: error.status,
                    usage: usage, cost: planned.candidate.prices.cost(of: usage),
                    duration: LoopInstant.current.microseconds(since: started), firstByte: nil))
            throw error
        }
    }

    private func body(
        of decoded: DecodedRequest, after rejected: HeldAnswer?, tokens: Bool, for candidate: Candidate,
        _ endpoint: ProviderEndpoint
    ) throws(APIFailure) -> [UInt8] {
        let turns = rejected?.handover ?? []
        if endpoint.format == decoded.format {
            return endpoint.format.passThrough(
                decoded, model: candidate.upstreamName, followedBy: turns, tokenProbabilities: tokens)
        }
        var prompt = decoded.prompt
        prompt.messages += turns
        return try endpoint.format.encodeRequest(
            prompt, from: decoded.format, model: candidate.upstreamName, tokenProbabilities: tokens)
    }
}

extension HeldAnswer {
    /// The turns that show a model this answer and what was found wrong with it; none for an answer without text, or one that
    /// calls tools.
    fileprivate var handover: [Message] {
        guard let judgement, let text, !text.isEmpty else { return [] }
        let against = judgement.findings.evidence.filter { $0.verdict == .fails }.map(\.reason)
        let reason = against.isEmpty ? "" : ": " + against.joined(separator: "; ")
        return [
            Message(role: .assistant, text: text),
            Message(role: .user, text: "This answer may be wrong\(reason). Answer the request before it anew."),
        ]
    }

    private var text: String? {
        switch content {
        case .whole(let answer): answer.completion.toolCalls.isEmpty ? answer.completion.text : nil
        case .stream(let stream): stream.account.plainText
        }
    }
}
