internal import Arguments
internal import Dialogue
internal import Gateway
internal import JSON
internal import Ledger
internal import Storage
internal import Telemetry

extension Subcommand {
    static let certificate: Subcommand = Subcommand(
        "certificate", summary: "Shows what is certified by comparing answers while serving, and how it came about.",
        details: """
            Works beside a running gateway and changes nothing. A route is compared where its configuration has 'shadow: 2%'.
            Policies lead from the most careful to the cheapest; those from the first on are certified one after the other.
            """,
        options: [.data, .json]
    ) { invocation throws(CommandFailure) in
        let folder = invocation[.data] ?? "farthing-data"
        var history = CertificateHistory()
        var events: [CertificateHistory.Event] = []
        do throws(LedgerError) {
            guard let store = try SQLiteLedger.openForReading("\(folder)/ledger.sqlite") else {
                throw .unavailable("there is no ledger in \(folder); name the data folder with --data")
            }
            var last: Int64 = 0
            while true {
                let pairs = try await store.pairs(after: last, limit: 1000)
                guard let end = pairs.last else { break }
                for (_, pair) in pairs { events += history.add(pair) }
                last = end.number
            }
        } catch {
            throw .failed("\(error)")
        }
        let standings = history.standings
        let report = CertificateReport(
            routes: history.latest.sorted { $0.key.text < $1.key.text }.compactMap { route, policy in
                standings[policy].map { (route, policy, $0) }
            }, events: events)
        print(invocation.has(.json) ? report.json : report.text, terminator: "")
    }
}

/// How certificates stand, as a person or a program reads it.
private struct CertificateReport {
    let routes: [(route: RouteName, policy: String, standing: LiveStanding)]
    let events: [CertificateHistory.Event]

    var text: String {
        if routes.isEmpty { return "No answers of the half that certifies were compared yet.\n" }
        let figure = EvaluationReport.figure
        var lines: [String] = []
        for (route, policy, standing) in routes {
            let bound = figure(standing.bound * 100)
            lines.append(
                standing.certified > 0
                    ? "\(route): certified with \(figure(standing.confidence * 100)) % confidence to lose at most \(bound) points, "
                        + "policy \(standing.certified) of \(standing.policies)"
                    : "\(route): uncertified, no policy is shown to lose at most \(bound) points")
            lines.append(
                "  version \(policy): \(standing.pairs) pairs, observed loss \(figure(standing.loss * 100)) points, "
                    + "\(figure(standing.undecided * 100)) % undecided and counted as harms")
            if let place = standing.ruledOut {
                lines.append("  policies from \(place + 1) on are given up until the next version")
            }
        }
        lines.append("")
        for event in events {
            lines.append(
                "\(LogTime(milliseconds: event.time / 1000).text)  \(event.route)  \(event.policy)  \(event.words), "
                    + "\(event.standing.pairs) pairs")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: String {
        var json = JSONWriter()
        json.object { json in
            json.member(
                "routes",
                array: { list in
                    for (route, policy, standing) in routes {
                        list.object { json in
                            json.member("route", route.text)
                            json.member("policy", policy)
                            standing.write(to: &json)
                        }
                    }
                })
            json.member(
                "history",
                array: { list in
                    for event in events {
                        list.object { json in
                            json.member("time_us", Int(event.time))
                            json.member("route", event.route.text)
                            json.member("policy", event.policy)
                            json.member("event", event.name)
                            event.standing.write(to: &json)
                        }
                    }
                })
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
}

extension LiveStanding {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("bound", bound)
        json.member("confidence", confidence)
        json.member("certified", certified)
        json.member("policies", policies)
        json.member("given_up_from", ruledOut.map { $0 + 1 })
        json.member("failed", hasFailed)
        json.member("pairs", pairs)
        json.member("loss", loss)
        json.member("undecided", undecided)
    }
}

extension CertificateHistory.Event {
    fileprivate var name: String {
        switch kind {
        case .began: "began"
        case .loosened: "loosened"
        case .failed: "failed"
        case .ruledOut: "ruled_out"
        case .reinstated: "reinstated"
        }
    }

    fileprivate var words: String {
        switch kind {
        case .began: "a new version begins with nothing"
        case .loosened(let count): "policy \(count) is certified"
        case .failed(let place): "FAILED: policy \(place + 1) has lost too much, back to \(standing.certified)"
        case .ruledOut(let place): "policies from \(place + 1) on lose too much"
        case .reinstated(let count): "policies up to \(count) have not lost too much after a review"
        }
    }
}
