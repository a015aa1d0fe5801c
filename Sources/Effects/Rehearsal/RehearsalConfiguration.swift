internal import Catalog
internal import Dialogue
internal import JSON

/// The text of a `farthing.yaml` that puts a gateway in front of a rehearsal.
package enum RehearsalConfiguration {
    /// Providers and models with prices, grades and capabilities, so that all of them are candidates of `auto`.
    ///
    /// The rehearsal listens at `address`, such as `127.0.0.1:4242`. Models without a price, which a gateway refuses,
    /// are named in comments.
    package static func text(for backend: RehearsalBackend, address: String) -> String {
        var lines = ["providers:"]
        for provider in backend.providers {
            // As in the makers' own SDKs, an Anthropic base address leaves the version out.
            let path = provider.format == "anthropic" ? "" : "/v1"
            lines += [
                "  \(provider.name):", "    format: \(provider.format)", "    base_url: http://\(address)\(path)",
            ]
        }
        let grades = backend.grades
        lines.append("models:")
        for model in backend.models {
            guard let price = backend.spelledPrice(of: model), let grade = grades[model.name] else {
                lines.append("  # without a price: \(quoted(model.name.text))")
                continue
            }
            lines += [
                "  \(quoted(model.name.text)):", "    provider: \(model.provider)",
                "    price: { input: \(price.input), output: \(price.output) }", "    grade: \(grade)",
                "    capabilities: [tools, json, json_schema]",
            ]
            if let tokens = model.contextTokens { lines.append("    context: \(tokens)") }
            if let tokens = model.maxOutputTokens { lines.append("    max_output: \(tokens)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A JSON string, which is a YAML scalar too.
    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension RehearsalBackend {
    /// Models with a price, the cheapest first.
    private var priced: [CatalogModel] {
        models.filter { $0.prices != nil }.sorted { left, right in
            guard let cheap = left.prices, let dear = right.prices else { return false }
            return (cheap.output, cheap.input, left.name.text) < (dear.output, dear.input, right.name.text)
        }
    }

    /// The models' own grades; recorded models, which have none, are spread from 1 to 5 by the rank of their prices.
    fileprivate var grades: [ModelName: Int] {
        let ranked = priced
        let last = ranked.count - 1
        return ranked.enumerated().reduce(into: [:]) { grades, next in
            grades[next.element.name] =
                next.element.grade ?? (last == 0 ? 5 : 1 + (8 * next.offset + last) / (2 * last))
        }
    }
}
