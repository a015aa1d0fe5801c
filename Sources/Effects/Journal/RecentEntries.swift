internal import Ledger

/// The last records in memory, so that the drain of a running gateway need not read and parse what was just written.
///
/// Bounded: when nobody takes them in time all are let go, and the drain reads the segments.
struct RecentEntries {
    private struct Recent {
        let start: JournalPosition
        let end: Int
        let entry: JournalEntry
    }

    private var entries: [Recent] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Keeps a record that lies between these offsets of a segment.
    mutating func append(_ entry: JournalEntry, from start: JournalPosition, to end: Int) {
        if entries.count == limit { entries.removeAll(keepingCapacity: true) }
        entries.append(Recent(start: start, end: end, entry: entry))
    }

    /// Takes the records of one segment from a position on, as far as they end by `end`; nil if they are not all here.
    ///
    /// Records before the position are let go.
    mutating func take(from position: JournalPosition, upTo end: JournalPosition) -> JournalBatch? {
        let begin = entries.firstIndex { $0.start >= position } ?? entries.count
        guard begin < entries.count, entries[begin].start == position else {
            entries.removeFirst(begin)
            return nil
        }
        var batch = JournalBatch(next: position)
        var next = begin
        while next < entries.count, entries[next].start.segment == position.segment,
            JournalPosition(segment: position.segment, offset: entries[next].end) <= end
        {
            batch.entries.append(entries[next].entry)
            batch.next.offset = entries[next].end
            next += 1
        }
        entries.removeFirst(next)
        batch.isAtEnd = true
        return batch
    }
}
