internal import Admission
internal import Dialogue
internal import HTTPMessages
internal import JSON
internal import Journal
internal import Ledger
internal import Telemetry

extension GatewayHandler {
    /// `POST /v1/feedback`: evidence about an exchange of the caller's own; the first for an exchange counts.
    func feedback(_ request: HTTPRequest, of caller: Caller) async throws(APIFailure) -> HTTPResponse {
        let feedback = try Feedback(request.body, parser: parser)
        guard let exchange = try await exchange(feedback.exchange), exchange.caller == caller.name else {
            throw APIFailure(
                .notFound, status: 404,
                message: "there is no exchange of yours with this id: give the x-farthing-id field of the response",
                parameter: "id", code: "exchange_not_found")
        }
        guard let model = exchange.deliveredModel, let prompt = exchange.prompt else {
            throw APIFailure(
                .invalidRequest, status: 400,
                message: "nothing can be learned of this exchange: no answer was delivered, or the model was pinned",
                parameter: "id", code: "exchange_not_learnable")
        }
        let outcome = OutcomeRecord(
            id: "feedback/\(exchange.id)", time: WallClock.microseconds, source: .feedback, model: model,
            score: feedback.score, exchange: exchange.id, taskClass: exchange.taskClass, prompt: prompt,
            answer: exchange.deliveredRecord?.sketch)
        do {
            try state.journal.append(outcome)
        } catch {
            state.metrics.journalFailures.add()
            throw ExchangeHandler.unaccountable
        }
        state.metrics.feedback.add()
        var json = JSONWriter()
        json.object { json in
            json.member("id", outcome.id)
            json.member("exchange", exchange.id.text)
            json.member("model", model.text)
            json.member("score", outcome.score)
        }
        return .json(200, json.bytes)
    }

    private func exchange(_ id: ExchangeID) async throws(APIFailure) -> ExchangeRecord? {
        if let recent = state.recent[id] { return recent }
        do {
            return try await state.ledger.exchange(id)
        } catch {
            throw APIFailure(
                .overloaded, status: 503, message: "the ledger cannot be read now; try again", retryAfter: 1)
        }
    }
}
