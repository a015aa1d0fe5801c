internal import Arguments
internal import Dialogue
internal import JSON
internal import Ledger

extension Subcommand {
    static let review: Subcommand = Subcommand(
        "review", summary: "Lists the answers that a person should look at, and why.",
        details: """
            Answers that are as likely right as wrong, of which checks disagree, or over which models are split. Works beside a
            running gateway and changes nothing. What was asked and answered is not kept: the exchange's id finds it in your own
            log, and POST /v1/feedback takes your verdict.
            """,
        options: [.data, mostItems, .json], operand: Operand("ACTION", "list.", count: 1...1)
    ) { invocation throws(CommandFailure) in
        guard invocation.operands.first == "list" else { throw .usage("review takes 'list'") }
        let folder = invocation[.data] ?? "farthing-data"
        let limit = try invocation.integer(mostItems, in: 1...100_000) ?? 100
        let items = try await LedgerReading.open(data: folder).reviews(in: .always, limit: limit)
        if invocation.has(.json) {
            for item in items { print(item.reviewJSON, terminator: "") }
        } else if items.isEmpty {
            print("Nothing waits for review.")
        } else {
            for item in items { print(item.reviewLine) }
        }
    }

    private static let mostItems = Option.value("limit", "N", "At most so many, the latest; 100 by default.")
}

extension ExchangeRecord {
    private var probability: Double? { (deliveredRecord ?? attempts.last { $0.verdict != nil })?.verdict?.probability }

    fileprivate var reviewLine: String {
        let right = probability.map { "right with \(Int(($0 * 100).rounded())) %" } ?? "-"
        let models = attempts.filter(\.isAnswer).map(\.model.text).joined(separator: ", ")
        return "\(CalendarDay(microseconds: arrival))  \(id)  \(route?.text ?? "-")  \(taskClass.rawValue)  \(right)  "
            + "\(review?.text ?? "")  (\(models))"
    }

    fileprivate var reviewJSON: String {
        var json = JSONWriter()
        json.object { json in
            json.member("id", id.text)
            json.member("arrival_us", Int(arrival))
            json.member("route", route?.text)
            json.member("task", taskClass.rawValue)
            json.member("p", probability)
            json.member("action", review?.isHeld ?? false ? "hold" : "flag")
            json.member("reasons", array: { list in for reason in review?.reasons ?? [] { list.string(reason) } })
            json.member("model", deliveredModel?.text)
            json.member(
                "answers",
                array: { list in
                    for attempt in attempts where attempt.isAnswer { list.string(attempt.model.text) }
                })
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
}
