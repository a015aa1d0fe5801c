internal import Admission
internal import Arguments
internal import Catalog
internal import Configuration
internal import Dialogue
internal import Routing

extension Subcommand {
    static let check: Subcommand = Subcommand(
        "check", summary: "Explains every mistake in the configuration, or shows what was understood.",
        details: """
            Each mistake is one line: FILE:LINE:COLUMN: SETTING: what is wrong; remedy.
            Without a file the providers come from the environment: OPENAI_API_KEY, ANTHROPIC_API_KEY and others.
            """,
        options: [.config, .listen, .data]
    ) { (invocation) throws(CommandFailure) in
        let configuration = try invocation.configuration()
        _ = try configuration.knowledge()
        print(configuration.explanation.joined(separator: "\n"))
    }
}

extension GatewayConfiguration {
    /// What was understood, line by line.
    fileprivate var explanation: [String] {
        var lines = ["listen     \(listen.host) port \(listen.port)", "data       \(dataFolder)"]
        if let retention { lines.append("retain     \(retention) days, then sums only") }
        lines.append(
            "keys       \(keys.isEmpty ? "none: only this machine may call" : keys.map(\.name.text).joined(separator: ", "))"
        )
        for provider in providers.values.sorted(by: { $0.name.text < $1.name.text }) {
            let key = provider.key == nil ? "without a key" : "with a key"
            lines.append("provider   \(provider.name): \(provider.format) format at \(provider.baseURL), \(key)")
        }
        for route in routes.values.sorted(by: { $0.name.text < $1.name.text }) {
            lines.append("route      \(route.name): \(route.candidates.count) candidates")
            for candidate in route.candidates.sorted(by: Candidate.byGradeAndPrice) {
                let grade = candidate.model.grade.map { "grade \($0)" } ?? "no grade"
                lines.append(
                    "           \(grade)  \(candidate.provider)/\(candidate.model.name)  \(candidate.priceText)")
            }
        }
        return lines + warnings.map { "warning    \($0)" }
    }
}

extension Candidate {
    /// Weaker ones first, the cheaper ahead.
    static func byGradeAndPrice(_ left: Candidate, _ right: Candidate) -> Bool {
        (left.model.grade ?? 0, left.prices.output, left.prices.input, left.model.name.text)
            < (right.model.grade ?? 0, right.prices.output, right.prices.input, right.model.name.text)
    }

    /// `$0.15 in, $0.60 out`, for a million tokens.
    var priceText: String { "$\(prices.input.dollarsPerMillion) in, $\(prices.output.dollarsPerMillion) out" }
}
