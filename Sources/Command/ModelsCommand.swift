internal import Arguments
internal import Catalog
internal import Configuration
internal import Dialogue
internal import JSON
internal import Routing

extension Option {
    fileprivate static let all = Option.flag("all", "Lists models without a grade too.")
}

extension Subcommand {
    static let models: Subcommand = Subcommand(
        "models", summary: "Lists the models that can be asked, with price, grade, context and capabilities.",
        details: "Prices are dollars for a million tokens.", options: [.config, .json, .all]
    ) { (invocation) throws(CommandFailure) in
        let configuration = try invocation.configuration()
        let models = configuration.models
            .filter { invocation.has(.all) || $0.model.grade != nil }
            .sorted(by: Candidate.byGradeAndPrice)
        if invocation.has(.json) {
            print(String(decoding: json(models), as: UTF8.self))
        } else if models.isEmpty {
            throw .failed("no model can be asked; export a provider's key such as OPENAI_API_KEY, or add 'providers:'")
        } else {
            print(table(models).joined(separator: "\n"))
        }
    }
}

private func table(_ models: [Candidate]) -> [String] {
    let heads = ["MODEL", "PROVIDER", "GRADE", "INPUT", "OUTPUT", "CONTEXT", "CAPABILITIES"]
    let rows =
        [heads]
        + models.map { candidate in
            [
                candidate.model.name.text, candidate.provider.text, candidate.model.grade.map(String.init) ?? "-",
                "$\(candidate.prices.input.dollarsPerMillion)", "$\(candidate.prices.output.dollarsPerMillion)",
                candidate.model.contextTokens.map(String.init) ?? "-",
                candidate.model.capabilities.words.joined(separator: " "),
            ]
        }
    let widths = heads.indices.map { column in rows.reduce(0) { max($0, $1[column].count) } }
    return rows.map { row in
        let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
}

private func json(_ models: [Candidate]) -> [UInt8] {
    var writer = JSONWriter()
    writer.array { writer in
        for candidate in models {
            writer.object { writer in
                writer.member("model", candidate.model.name.text)
                writer.member("provider", candidate.provider.text)
                writer.member("grade", candidate.model.grade)
                writer.member("input_dollars_per_million", raw: candidate.prices.input.dollarsPerMillion.utf8)
                writer.member("output_dollars_per_million", raw: candidate.prices.output.dollarsPerMillion.utf8)
                writer.member("context", candidate.model.contextTokens)
                writer.member("max_output", candidate.model.maxOutputTokens)
                writer.key("capabilities")
                writer.array { writer in for word in candidate.model.capabilities.words { writer.string(word) } }
            }
        }
    }
    return writer.bytes
}

extension Capabilities {
    /// The words that a configuration uses for them.
    fileprivate var words: [String] {
        let all: [(Capabilities, String)] = [
            (.tools, "tools"), (.vision, "vision"), (.json, "json"), (.jsonSchema, "json_schema"),
            (.reasoning, "reasoning"), (.audio, "audio"), (.documents, "documents"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
