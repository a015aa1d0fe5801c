import Foundation

/// Says how much a second opinion tells: `MeasureAgreement DATA [SET ONE OTHER]`.
@main enum MeasureAgreement {
    private static let pairs = [
        ("zeroeval", "gpt-4o-mini-2024-07-18", "Meta-Llama-3.1-70B-Instruct"),
        ("mmlu_pro", "gemini-1.5-flash-002", "Meta-Llama-3_1-70B-Instruct"),
        ("bfcl", "claude-3-haiku-20240307", "gpt-4o-mini-2024-07-18"),
        ("bfcl", "gpt-4o-mini-2024-07-18-FC", "gpt-4o-mini-2024-07-18"),
    ]

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2 || arguments.count == 5 else {
            print("usage: MeasureAgreement DATA [SET ONE OTHER]")
            exit(2)
        }
        let chosen = arguments.count == 5 ? [(arguments[2], arguments[3], arguments[4])] : pairs
        for line in SecondOpinion.head { print(line) }
        for (set, one, other) in chosen {
            print(try SecondOpinion(path: "\(arguments[1])/\(set).jsonl.gz", one: one, other: other).line(of: set))
        }
        if arguments.count == 2 {
            for line in try TextNearness(path: "\(arguments[1])/sts.jsonl.gz").lines { print(line) }
        }
    }
}
