import Dialogue
import Glibc
import Gzip
import JSON
import Rehearsal
import Testing

@Suite struct SharedRecordingsTests {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/../shared/data"

    private static var isPresent: Bool { access("\(folder)/bfcl.jsonl.gz", R_OK) == 0 }

    @Test(
        .enabled(if: isPresent, "skipped: no recorded data at ../shared/data"),
        arguments: [
            (
                "zeroeval", "prices.zeroeval_mmlu_pro.json", ["zeroeval.tokens"],
                [
                    "gpt-4o-mini-2024-07-18", "gemini-1.5-flash", "Meta-Llama-3.1-405B-Instruct@hyperbolic",
                    "claude-3-5-sonnet-20241022", "gpt-4o-2024-08-06",
                ]
            ),
            (
                "bfcl", "prices.bfcl.json", [],
                [
                    "gpt-4o-mini-2024-07-18-FC", "gpt-4o-mini-2024-07-18", "claude-3-haiku-20240307",
                    "gpt-4o-2024-08-06-FC", "claude-3-5-sonnet-20240620",
                ]
            ),
        ])
    func `every recorded prompt of the pool resolves for every model, with usage`(
        name: String, prices: String, tokens: [String], models: [String]
    ) throws {
        let folder = Self.folder
        let answers = try RecordedAnswers(
            paths: ["\(folder)/\(name).jsonl.gz"], tokens: tokens.map { "\(folder)/\($0).jsonl.gz" },
            prices: "\(folder)/\(prices)", models: models)
        #expect(answers.models.map(\.name.text) == models.sorted())
        var reader = try LineReader(path: "\(folder)/\(name).jsonl.gz")
        var missing: [String: Int] = [:]
        while let line = try reader.next() {
            let row = try JSONDocument.parse(line).root
            let tools = row["tools"].map { $0.elements.map(Array.init) ?? [$0] } ?? []
            for model in models where row["outcomes"]?[member: model]?["response"] != nil {
                let prompt = Prompt(
                    model: model, messages: [Message(role: .user, text: row["prompt"]?.string ?? "")],
                    tools: tools.map { ToolDefinition(name: $0["name"]?.string ?? "", parameters: Array("{}".utf8)) })
                let answer = try? answers.answer(prompt)
                if answer?.usage == nil { missing[model, default: 0] += 1 }
                if let text = row["outcomes"]?[member: model]?["response"]?.string { #expect(answer?.text == text) }
            }
        }
        #expect(missing.isEmpty, "rows without an answer and its usage")
    }
}
