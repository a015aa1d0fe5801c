import Cascade
import Certification
import Configuration
import Experience
import Foundation
import JSON
import Journal
import Ledger
import Prediction
import Recordings
import YAML

/// Files that are read back, or brought by an operator.
extension FuzzedParser {
    static var files: [FuzzedParser] {
        [
            FuzzedParser(name: "yaml") { bytes in _ = try? YAMLParser.parse(bytes) },
            FuzzedParser(name: "configuration") { bytes in
                let reader = ConfigurationReader(environment: ["A_KEY": "k"], catalog: CatalogSource([]))
                guard let configuration = try? reader.read(bytes, name: "farthing.yaml") else { return }
                _ = configuration.route(for: "auto")
            },
            FuzzedParser(name: "journal") { bytes in
                _ = JournalLine.decode(bytes[...], with: JSONParser())
                guard let json = try? JSONDocument.parse(bytes).root else { return }
                if let exchange = ExchangeRecord(json) { checkRoundTrip(.exchange(exchange)) }
                if let intent = AttemptIntent(json) { checkRoundTrip(.intent(intent)) }
                if let outcome = OutcomeRecord(json) { checkRoundTrip(.outcome(outcome)) }
                if let pair = PairRecord(json) { checkRoundTrip(.pair(pair)) }
            },
            FuzzedParser(name: "recorded-outcomes") { bytes in
                let path = "\(NSTemporaryDirectory())/fuzzed-\(getpid()).jsonl"
                guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { return }
                _ = try? RecordedOutcomes.read(paths: [path], tokens: [path], prices: path, answers: true)
                _ = try? RecordedOutcomes.read(paths: [path], answers: true)
            },
            FuzzedParser(name: "predictor") { bytes in
                _ = try? TrainedCascade(encoded: bytes)
                guard let read = try? PredictorFile.contents(of: PredictorFile.sealed(bytes)) else { return }
                _ = try? AnswerKnowledge(encoded: read.answers ?? bytes, predictor: read.predictor)
                let written = PredictorFile.encode(read.predictor, cascade: read.cascade, answers: read.answers)
                precondition((try? PredictorFile.decode(written)) != nil)
            },
            FuzzedParser(name: "certificate") { bytes in
                if let json = try? JSONDocument.parse(bytes).root { _ = Certificate(json)?.file }
            },
        ]
    }
}

/// What was read and is written is read again.
private func checkRoundTrip(_ entry: JournalEntry) {
    var line = JSONWriter()
    JournalLine.write(entry, to: &line)
    precondition(JournalLine.decode(line.bytes.dropLast(), with: JSONParser()) != nil)
}
