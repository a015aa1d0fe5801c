internal import Digests
package import JSON
package import Ledger

/// What the journal holds.
///
/// Indirect, for it is handed from list to list on its way to the store: a record has some thirty references to count.
package indirect enum JournalEntry: Hashable, Sendable {
    /// An upstream call is about to begin.
    case intent(AttemptIntent)
    /// An exchange has ended.
    case exchange(ExchangeRecord)
    /// Evidence about an answer has come.
    case outcome(OutcomeRecord)
    /// Answers to one prompt were compared.
    case pair(PairRecord)
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

    /// The line with its line break.
    package static func encode(_ entry: JournalEntry) -> [UInt8] {
        var json = JSONWriter(capacity: 2048)
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
        var line = json.bytes
        let digits = hexadecimal(CRC32C.checksum(of: line[start...]))
        for place in digits.indices { line[prefix.count + place] = digits[place] }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// Reads a line given without its line break; nil if it is torn or damaged.
    package static func decode(_ line: ArraySlice<UInt8>, with parser: JSONParser) -> JournalEntry? {
        guard line.count > start, line.starts(with: prefix) else { return nil }
        let digits = hexadecimal(CRC32C.checksum(of: line.dropFirst(start)))
        guard line.dropFirst(prefix.count).prefix(8).elementsEqual(digits),
            let root = try? parser.parse(Array(line)).root
        else { return nil }
        if let intent = root["intent"].flatMap(AttemptIntent.init) { return .intent(intent) }
        if let exchange = root["exchange"].flatMap(ExchangeRecord.init) { return .exchange(exchange) }
        if let outcome = root["outcome"].flatMap(OutcomeRecord.init) { return .outcome(outcome) }
        if let pair = root["pair"].flatMap(PairRecord.init) { return .pair(pair) }
        return nil
    }

    /// Eight lower-case digits.
    private static func hexadecimal(_ value: UInt32) -> [UInt8] {
        stride(from: UInt32(28), through: 0, by: -4).map { shift in
            let digit = UInt8(truncatingIfNeeded: value >> shift) & 15
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }

    /// The version a line says it has, if it looks like a record at all.
    static func version(of line: ArraySlice<UInt8>) -> Int? {
        guard line.starts(with: #"{"v":"#.utf8) else { return nil }
        return Int(String(decoding: line.dropFirst(5).prefix { $0 != UInt8(ascii: ",") }.prefix(9), as: UTF8.self))
    }
}
