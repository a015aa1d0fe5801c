internal import Catalog
internal import Configuration
internal import Dialogue
internal import Routing

/// What `farthing serve` says when it is ready.
struct FirstScreen {
    let configuration: GatewayConfiguration
    let port: UInt16
    let isRehearsal: Bool

    var text: String {
        let host = configuration.listen.host == "0.0.0.0" ? "127.0.0.1" : configuration.listen.host
        let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        var lines = ["Farthing is listening on \(address)", ""]
        lines.append("  OpenAI API     base_url=\(address)/v1")
        lines.append("  Anthropic API  base_url=\(address)")
        lines.append("  Data           \(configuration.dataFolder)")
        if isRehearsal {
            lines.append(
                "  Providers      none found: rehearsal models answer, and nothing is paid for. Set OPENAI_API_KEY,")
            lines.append("                 ANTHROPIC_API_KEY, MISTRAL_API_KEY, OPENROUTER_API_KEY or another key,")
            lines.append("                 or write a farthing.yaml")
        } else {
            let names = configuration.providers.keys.map(\.text).sorted().joined(separator: ", ")
            lines.append("  Providers      \(names)")
        }
        for route in configuration.routes.values.sorted(by: { $0.name.text < $1.name.text }) {
            let models = route.candidates.sorted(by: Candidate.byGradeAndPrice).map(\.model.name.text)
            lines.append("  Route          \(route.name): \(models.joined(separator: ", "))")
        }
        for warning in configuration.warnings { lines.append("  Warning        \(warning)") }
        lines += [
            "", "Try it:", "",
            """
              curl -i \(address)/v1/chat/completions -H 'content-type: application/json' \\
                -d '{"model": "auto", "messages": [{"role": "user", "content": "What is 17 + 25?"}]}'
            """, "",
            "What it cost:  farthing report --data \(configuration.dataFolder)",
            "Why it chose:  farthing explain \"What is 17 + 25?\"", "",
        ]
        return lines.joined(separator: "\n")
    }
}
