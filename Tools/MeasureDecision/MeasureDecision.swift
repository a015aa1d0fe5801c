import Catalog
import Configuration
import Dialogue
import Features
import Foundation
import Gateway
import Prediction
import TaskClasses
import WireFormats

/// Measures the time from a decoded request to its plan (tokenise, embed, classify, plan), on one core.
///
/// The route is `auto` over the graded models of four providers, as the shipped catalog has them; with a predictor's
/// file as argument it is over that predictor's models.
@main enum MeasureDecision {
    static func main() throws {
        let words = """
            the customer wrote that 3 of the 12 parcels arrived late, and asks whether a refund of $45.90 is possible; explain \
            which clauses of the agreement apply, list them in order, and compute what remains to be paid by each party
            """.split(separator: " ")
        let catalog = CatalogSource(
            find: { ModelCatalog.shipped[$0] }, graded: { ModelCatalog.shipped.graded(for: $0) })
        let keys = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "MISTRAL_API_KEY", "GEMINI_API_KEY"]
        let environment = Dictionary(uniqueKeysWithValues: keys.map { ($0, "none") })
        let knowledge = try CommandLine.arguments.dropFirst().first.map { path in
            let file = try Array(Data(contentsOf: URL(filePath: path)))
            return Knowledge(predictor: try PredictorFile.decode(file), file: file, certificate: nil)
        }
        let configuration = try ConfigurationReader(environment: environment, catalog: catalog)
            .read(Array(text(of: knowledge).utf8), name: "none")
        let snapshot = GatewaySnapshot(configuration: configuration, knowledge: knowledge)
        let decider = Decider(extractor: FeatureExtractor(), classifier: .shipped)
        let clock = ContinuousClock()
        print("\(configuration.routes.values.map(\.candidates.count)) candidates")
        for count in [20, 100, 500, 2000] {
            let prompts = (0..<16).map { shift in
                let text = (0..<count).map { words[($0 * 7 + shift) % words.count] }.joined(separator: " ")
                return Prompt(model: "auto", messages: [Message(role: .user, text: text)])
            }
            var times: [Double] = []
            for round in 0..<4000 {
                let prompt = prompts[round % prompts.count]
                let time = try clock.measure {
                    _ = try decider.decide(prompt, from: .openai, pinned: false, snapshot: snapshot)
                }
                times.append(Double(time.components.attoseconds) * 1e-12)
            }
            times.sort()
            print(String(format: "%d words: p50 %.1f µs, p99 %.1f µs", count, times[2000], times[3960]))
        }
    }

    /// A configuration with the models that the predictor knows; none without one.
    private static func text(of knowledge: Knowledge?) -> String {
        guard let knowledge else { return "" }
        var lines = ["providers: {local: {format: openai, base_url: 'http://127.0.0.1:1/v1', models: []}}", "models:"]
        for (place, model) in knowledge.predictor.models.enumerated() {
            let price = "{input: 0.\(place + 1), output: \(place + 1)}"
            lines.append("  '\(model.name)': {provider: local, grade: 3, price: \(price)}")
        }
        return lines.joined(separator: "\n") + "\nroutes: {auto: {value: $0.02}}\n"
    }
}
