internal import JSON
internal import Ledger

/// Records on their way into the log, each encoded as it comes: one line behind the other, as they will lie there.
struct JournalLines: ~Copyable {
    struct Record {
        let entry: JournalEntry
        /// Where its line lies among the others.
        let place: Range<Int>
        /// Whether it ends what is under way, so that it may take the space kept back for that.
        let mayUseReserve: Bool
    }

    private(set) var records: [Record] = []
    private var text = JSONWriter(capacity: 4096)

    /// Room for more lines is given back.
    private static let keptBytes = 64 * 1024

    mutating func append(_ entry: JournalEntry, mayUseReserve: Bool) {
        let start = text.count
        JournalLine.write(entry, to: &text)
        records.append(Record(entry: entry, place: start..<text.count, mayUseReserve: mayUseReserve))
    }

    mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        text.removeAll(keepingRoomFor: Self.keptBytes)
    }

    /// Lends the lines of all records but those at these places.
    func withText<R, E: Error>(
        without left: [Int: JournalError], _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        if left.isEmpty { return try text.withSpan(body) }
        let kept = text.bytes
        let lines = records.indices.filter { left[$0] == nil }.flatMap { kept[records[$0].place] }
        return try body(lines.span)
    }
}
