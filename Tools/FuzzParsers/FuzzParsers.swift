import Foundation
import FuzzedParsers

@_silgen_name("LLVMFuzzerRunDriver") private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The parser under test; set once before the first input.
nonisolated(unsafe) private var subject: FuzzedParser?

/// Feeds a parser with what libFuzzer makes up: `FuzzParsers NAME [libFuzzer's options]`; without a name it lists them.
@main enum FuzzParsers {
    static func main() {
        guard CommandLine.arguments.count > 1 else {
            for parser in FuzzedParser.all { print(parser.name) }
            return
        }
        subject = FuzzedParser.all.first { $0.name == CommandLine.arguments[1] }
        guard subject != nil else {
            print("there is no parser '\(CommandLine.arguments[1])'")
            exit(2)
        }
        var arguments = ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) } + [nil]
        var count = CInt(arguments.count - 1)
        exit(
            arguments.withUnsafeMutableBufferPointer { arguments in
                guard var start = arguments.baseAddress else { return 2 }
                return runDriver(&count, &start) { bytes, length in
                    subject?.read(Array(UnsafeBufferPointer(start: bytes, count: length)))
                    return 0
                }
            })
    }
}
