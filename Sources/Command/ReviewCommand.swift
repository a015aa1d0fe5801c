internal import Arguments
internal import Dialogue
internal import JSON
internal import Ledger
internal import Storage
internal import Telemetry

extension Subcommand {
    static let review: Subcommand = Subcommand(
        "review", summary: "Lists the answers that a person should look at, and takes what he says of them.",
        details: """
            review list shows answers that are as likely right as wrong, of which checks disagree, over which models are split, and, marked
            as pairs, answers that differ from the baseline's with nothing to decide which is right. What was asked and answered is not
            kept: the exchange's id finds it in your own log.
            review resolve ID --right or --wrong says whether the answer that was delivered is right, once. It is learned from, or, of a
            pair on which a certificate rests, counts there in place of a harm. Both work with and without a running gateway, which
            reads a verdict within a second.
            """,
        options: [.data, mostItems, .json, right, wrong, note],
        operand: Operand("ACTION", "list or resolve ID.", count: 1...2)
    ) { invocation throws(CommandFailure) in
        let folder = invocation[.data] ?? "farthing-data"
        switch (invocation.operands.first, invocation.operands.count) {
        case ("list", 1): try await list(invocation, folder)
        case ("resolve", 2): try await resolve(ExchangeID(invocation.operands[1]), invocation, folder)
        default: throw .usage("review takes 'list' or 'resolve ID'")
        }
    }

    private static func list(_ invocation: Invocation, _ folder: String) async throws(CommandFailure) {
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

    private static func resolve(
        _ id: ExchangeID, _ invocation: Invocation, _ folder: String
    ) async throws(CommandFailure) {
        guard invocation.has(right) != invocation.has(wrong) else {
            throw .usage("review resolve takes one of --right and --wrong")
        }
        let note = invocation[note]
        guard note?.utf8.count ?? 0 <= 2000 else { throw .usage("--note takes at most 2,000 bytes") }
        let verdict = ReviewVerdict(
            exchange: id, time: WallClock.microseconds, isRight: invocation.has(right), note: note)
        let resolution: SQLiteLedger.Resolution?
        do throws(LedgerError) {
            resolution = try await SQLiteLedger.openBeside("\(folder)/ledger.sqlite")?.resolve(verdict)
        } catch {
            throw .failed("\(error)")
        }
        switch resolution {
        case .kept: print("\(id) is \(verdict.isRight ? "right" : "wrong")")
        case .known(let known):
            throw .failed(
                "'\(id)' was found \(known.isRight ? "right" : "wrong") on \(CalendarDay(microseconds: known.time)): a verdict is final"
            )
        case .notListed: throw .failed("nobody asked about '\(id)': take an id that 'farthing review list' shows")
        case .unknown:
            throw .failed(
                "no exchange '\(id)' in \(folder): take an id that 'farthing review list' shows; one of this very second is there in the next"
            )
        case nil: throw .failed("there is no ledger in \(folder): name the data folder with --data")
        }
    }

    private static let right = Option.flag("right", "The answer that was delivered is right.")
    private static let wrong = Option.flag("wrong", "The answer that was delivered is wrong.")
    private static let note = Option.value("note", "TEXT", "Your own words, kept with the verdict.")
    private static let mostItems = Option.value("limit", "N", "At most so many, the latest; 100 by default.")
}

extension ExchangeRecord {
    private var probability: Double? { (deliveredRecord ?? attempts.last { $0.verdict != nil })?.verdict?.probability }

    fileprivate var reviewLine: String {
        let right = probability.map { "right with \(Int(($0 * 100).rounded())) %" } ?? "-"
        let models = attempts.filter(\.isAnswer).map(\.model.text).joined(separator: ", ")
        return
            "\(CalendarDay(microseconds: arrival))  \(shadowed ?? id)  \(route?.text ?? "-")  \(taskClass.rawValue)  \(right)  "
            + "\(review?.text ?? "")  (\(shadowed == nil ? "" : "pair: ")\(models))"
    }

    fileprivate var reviewJSON: String {
        var json = JSONWriter()
        json.object { json in
            json.member("id", (shadowed ?? id).text)
            json.member("kind", shadowed == nil ? "answer" : "pair")
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
