import Checks
import Foundation

/// Fits the shipped weights: `FitRightness DATA OUT.swift` says how well they do on sources left out, and writes them;
/// `FitRightness DATA --table FILE` writes every answer's signals instead.
@main enum FitRightness {
    static func main() throws {
        guard CommandLine.arguments.count >= 3 else {
            print("usage: FitRightness DATA OUT.swift | FitRightness DATA --table FILE")
            exit(2)
        }
        let folder = CommandLine.arguments[1]
        var table = AnswerTable()
        for name in ["mmlu_pro", "zeroeval", "routerbench", "bfcl"] {
            try table.read("\(folder)/\(name).jsonl.gz", source: name, models: nil)
        }
        let times = table.times.sorted()
        print("\(table.rows.count) answers; all checks together: p50 \(times[times.count / 2]) µs,", terminator: " ")
        print("p99 \(times[times.count * 99 / 100]) µs, longest \(times.last ?? 0) µs")
        if CommandLine.arguments[2] == "--table" {
            try write(table, to: CommandLine.arguments[3])
            return
        }
        let parts = RecordedPart.all(of: table.rows)
        let transfer = TransferReport(parts)
        for line in transfer.lines + transfer.calibration + (try HomeReport(table).lines) { print(line) }
        let fit = ShippedFit(parts)
        print("\nshipped: \(fit.choices)")
        try fit.source.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
    }

    private static func write(_ table: AnswerTable, to path: String) throws {
        print(Signal.allCases.map { "\($0)" }.joined(separator: " "), table.surfaces.first?.count ?? 0)
        var text = ""
        for row in table.rows {
            text +=
                "\(row.source)\t\(row.subtask)\t\(row.model)\t\(row.group)\t\(row.taskClass)\t\(row.score)\t\(row.prompt)"
            for value in row.signals { text += "\t" + (value == 0 ? "0" : value == 1 ? "1" : "\(Float(value))") }
            text += "\n"
        }
        try text.write(toFile: path + ".tsv", atomically: false, encoding: .utf8)
        var flat = table.surfaces.flatMap { $0 }
        try Data(bytes: &flat, count: flat.count * 4).write(to: URL(fileURLWithPath: path + ".bin"))
    }
}
