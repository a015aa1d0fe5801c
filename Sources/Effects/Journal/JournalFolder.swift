internal import Files
package import JSON
package import Ledger

/// The segments of a journal as they lie in a data folder.
package struct JournalFolder: Hashable, Sendable {
    let folder: Folder

    /// The journal below a data folder; nothing is created.
    package init(data folder: String) {
        self.folder = Folder("\(folder)/journal")
    }

    /// The numbers of the segments present, oldest first; none if there is no journal.
    package func segments() throws(JournalError) -> [Int64] {
        do {
            return try folder.names().compactMap(Self.number).sorted()
        } catch {
            if error.isMissing { return [] }
            throw .system(error)
        }
    }

    static func name(of segment: Int64) -> String {
        let digits = String(segment)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits + ".jsonl"
    }

    private static func number(of name: String) -> Int64? {
        guard name.hasSuffix(".jsonl") else { return nil }
        return Int64(name.dropLast(6))
    }

    func remove(_ segment: Int64) throws(JournalError) {
        do { try folder.remove(Self.name(of: segment)) } catch { throw .system(error) }
    }

    /// The next records of a segment from a position on, about a megabyte at most.
    ///
    /// - Parameters:
    ///   - position: the segment, and the start of a record in it.
    ///   - end: bytes of the segment that may be read; nil reads to the end of the file, whose last line may be torn.
    ///   - parser: the caller's own.
    /// - Returns: the records, and where to read on.
    /// - Throws: if the segment cannot be read or was written by a later release.
    package func read(
        from position: JournalPosition, upTo end: Int? = nil, with parser: JSONParser
    ) throws(JournalError) -> JournalBatch {
        let name = Self.name(of: position.segment)
        var bytes: [UInt8]
        var isAtEnd: Bool
        do throws(SystemError) {
            let file = try InputFile(folder.path(of: name))
            let end = if let end { end } else { try file.size() }
            let wanted = max(0, min(end - position.offset, 2 * JournalLine.limit))
            bytes = try file.read(wanted, at: position.offset)
            isAtEnd = position.offset + bytes.count >= end
        } catch {
            throw .system(error)
        }
        var batch = JournalBatch(next: position)
        var at = 0
        while let lineEnd = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[at..<lineEnd]
            if let version = JournalLine.version(of: line), version > JournalLine.version {
                throw .laterVersion(segment: folder.path(of: name), version: version)
            }
            if let entry = JournalLine.decode(line, with: parser) {
                batch.entries.append(entry)
            } else {
                batch.damaged += 1
            }
            at = lineEnd + 1
            if at >= JournalLine.limit && at < bytes.count {
                isAtEnd = false
                break
            }
        }
        // A whole batch without a line break is no record; a rest at the end is a torn one.
        if at == 0 && bytes.count == 2 * JournalLine.limit { at = bytes.count }
        batch.tornBytes = isAtEnd ? bytes.count - at : 0
        batch.isAtEnd = isAtEnd
        batch.next.offset += at
        return batch
    }
}

/// Some consecutive records of one segment.
package struct JournalBatch: Sendable {
    package var entries: [JournalEntry] = []
    /// Lines left out because their checksum does not fit.
    package var damaged = 0
    /// Bytes after the last line break: a record that was never finished.
    package var tornBytes = 0
    /// Where to read on.
    package var next: JournalPosition
    /// Whether nothing follows for now.
    package var isAtEnd = false

    init(next: JournalPosition) {
        self.next = next
    }

    /// The exchanges among the records.
    package var exchanges: [ExchangeRecord] {
        entries.compactMap { entry in
            guard case .exchange(let exchange) = entry else { return nil }
            return exchange
        }
    }

    /// The outcomes among the records.
    package var outcomes: [OutcomeRecord] {
        entries.compactMap { entry in
            guard case .outcome(let outcome) = entry else { return nil }
            return outcome
        }
    }
    /// The pairs among the records.
    package var pairs: [PairRecord] {
        entries.compactMap { entry in
            guard case .pair(let pair) = entry else { return nil }
            return pair
        }
    }
}
