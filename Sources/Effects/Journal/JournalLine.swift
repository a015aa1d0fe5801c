internal import Digests
package import JSON
package import Ledger

/// What the journal holds.
///
/// One reference, for it is handed from list to list on its way to the store.
package enum JournalEntry: Hashable, Sendable {
    /// An upstream call is about to begin.
    indirect case intent(AttemptIntent)
    /// An exchange has ended.
    case exchange(ExchangeRecord)
    /// Evidence about an answer has come.
    indirect case outcome(OutcomeRecord)
    /// Answers to one prompt were compared.
    indirect case pair(PairRecord)
}

/// One record as a line of JSON: `{"v":1,"crc":"0123abcd","intent":{…}}`.
///
/// The checksum covers everything after its own comma, so that a line torn or damaged anywhere is found.
package enum JournalLine {
    /// The most bytes that a record may have.
    package static let limit = 1 << 20
    static let version = 1

    private static let prefix = Array(#"{"v":1,"crc":""#.utf8)
    /// The prefix, eight digits, a quote and a comma.
    private static let start = prefix.count + 10

    /// Writes the line with its line break.
    package static func write(_ entry: JournalEntry, to json: inout JSONWriter) {
        let line = json.count
        json.object { json in
            json.member("v", version)
            json.member("crc", "00000000")
            switch entry {
            case .intent(let intent): json.member("intent", object: { intent.write(to: &$0) })
            case .exchange(let exchange): json.member("exchange", object: { exchange.write(to: &$0) })
            case .outcome(let outcome): json.member("outcome", object: { outcome.write(to: &$0) })
            case .pair(let pair): json.member("pair", object: { pair.write(to: &$0) })
            }
        }
        let digits = hexadecimal(json.withSpan { CRC32C.checksum(of: $0.extracting((line + start)...)) })
        json.replace(at: line + prefix.count, with: digits.span)
        json.endLine()
    }

    /// Reads a line given without its line break; nil if it is torn or damaged.
    package static func decode(_ line: ArraySlice<UInt8>, with parser: JSONParser) -> JournalEntry? {
        guard line.count > start, line.starts(with: prefix) else { return nil }
        let checked = line.dropFirst(start)
        let digits = hexadecimal(CRC32C.checksum(of: checked.span))
        let isWhole = digits.indices.allSatisfy { line[line.startIndex + prefix.count + $0] == digits[$0] }
        guard isWhole,
            let root = try? parser.parse(Array(line)).root
        else { return nil }
        if let intent = root["intent"].flatMap(AttemptIntent.init) { return .intent(intent) }
        if let exchange = root["exchange"].flatMap(ExchangeRecord.init) { return .exchange(exchange) }
        if let outcome = root["outcome"].flatMap(OutcomeRecord.init) { return .outcome(outcome) }
        if let pair = root["pair"].flatMap(PairRecord.init) { return .pair(pair) }
        return nil
    }

    /// Eight lower-case digits.
    private static func hexadecimal(_ value: UInt32) -> InlineArray<8, UInt8> {
        InlineArray { place in
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(28 - 4 * place)) & 15
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }

    /// The version a line says it has, if it looks like a record at all.
    static func version(of line: ArraySlice<UInt8>) -> Int? {
        guard line.starts(with: #"{"v":"#.utf8) else { return nil }
        return Int(String(decoding: line.dropFirst(5).prefix { $0 != UInt8(ascii: ",") }.prefix(9), as: UTF8.self))
    }
}
