internal import Catalog
internal import Dialogue

/// The text of a `farthing.yaml` that puts a gateway in front of a rehearsal.
package enum RehearsalConfiguration {
    /// Providers, models and prices; the rehearsal listens at `address`, such as `127.0.0.1:4242`.
    package static func text(for backend: RehearsalBackend, address: String) -> String {
        var lines = ["providers:"]
        for provider in backend.providers {
            // As in the makers' own SDKs, an Anthropic base address leaves the version out.
            let path = provider.format == "anthropic" ? "" : "/v1"
            lines += [
                "  \(provider.name):", "    format: \(provider.format)", "    base_url: http://\(address)\(path)",
            ]
        }
        lines.append("models:")
        for model in backend.models {
            lines += ["  \(quoted(model.name.text)):", "    provider: \(model.provider)"]
            if let price = backend.spelledPrice(of: model) {
                lines.append("    price: { input: \(price.input), output: \(price.output) }")
            }
            if let grade = model.grade { lines.append("    grade: \(grade)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}
