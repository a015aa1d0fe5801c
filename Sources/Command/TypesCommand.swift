internal import Arguments
internal import Dialogue
internal import Features
internal import Gateway
internal import JSON
internal import Prediction

extension Subcommand {
    static let types: Subcommand = Subcommand(
        "types",
        summary: "Lists the kinds of prompts that were found in the outcomes, and each model's success at them.",
        details: """
            Reads a predictor's file, or what a gateway has learned from the outcomes in its data folder. Names are topics
            that lie near the middle of a type, from a list that is shipped: no word of a prompt is kept. A gateway's types keep
            their numbers while it learns on, and over restarts; another predictor's file has its own.
            """,
        options: [.predictor, .data, .json]
    ) { invocation throws(CommandFailure) in
        let predictor: SuccessPredictor
        if let named = try invocation.predictor(.predictor) {
            predictor = named
        } else {
            let folder = invocation[.data] ?? "farthing-data"
            let learned = try await LearnedKnowledge(folder: folder)
            guard let known = learned.knowledge?.predictor else {
                throw .failed(
                    "\(learned.outcomes) outcomes in \(folder), \(OutcomeWindow.least) are needed: import some or send feedback"
                )
            }
            predictor = known
        }
        let names = TypeNames(predictor)
        if invocation.has(.json) {
            print(String(decoding: json(predictor, names), as: UTF8.self))
        } else {
            print(table(predictor, names).joined(separator: "\n"))
        }
    }

    private static func table(_ predictor: SuccessPredictor, _ names: TypeNames) -> [String] {
        if predictor.types.isEmpty { return ["none yet: there is a type for each 25 different prompts, 32 at most"] }
        let width = predictor.models.map(\.name.count).max() ?? 0
        var lines: [String] = []
        for type in predictor.types {
            lines.append("type-\(type.number)  \(names[type.number])  \(Int(type.size.rounded())) prompts")
            for success in type.models {
                let share = EvaluationReport.figure(success.rate)
                lines.append(
                    "    \(success.model.padded(to: width))  right \(share) of \(Int(success.weight.rounded()))")
            }
        }
        return lines
    }

    private static func json(_ predictor: SuccessPredictor, _ names: TypeNames) -> [UInt8] {
        var json = JSONWriter()
        json.array { json in
            for type in predictor.types {
                json.object { json in
                    json.member("type", "type-\(type.number)")
                    json.member("name", names[type.number])
                    json.member("prompts", Int(type.size.rounded()))
                    json.member(
                        "models",
                        array: { json in
                            for success in type.models {
                                json.object { json in
                                    json.member("model", success.model)
                                    json.member("right", success.rate)
                                    json.member("outcomes", success.weight)
                                }
                            }
                        })
                }
            }
        }
        return json.bytes
    }
}

/// Names of a predictor's types.
struct TypeNames {
    private let names: [Int: String]

    init(_ predictor: SuccessPredictor) {
        names = predictor.types.reduce(into: [:]) { names, type in
            names[type.number] = TopicWords.nearest(to: type.direction, count: 3).joined(separator: ", ")
        }
    }

    subscript(_ type: Int) -> String { names[type] ?? "" }
}
