internal import Assets
internal import Dialogue

/// The lines of `catalog.tsv`, sorted by name as bytes, found by binary search.
struct CatalogText: Sendable {
    /// Where the bytes are: in the binary, or in memory of their own.
    enum Storage: Sendable {
        case linked(Asset)
        case owned([UInt8])

        func withSpan<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
            switch self {
            case .linked(let asset): asset.withSpan(body)
            case .owned(let bytes): body(bytes.span)
            }
        }

        /// A part of the text; all of it by default.
        func string(_ range: Range<Int>? = nil) -> String {
            withSpan { span in
                var bytes: [UInt8] = []
                for index in range ?? 0..<span.count { bytes.append(span[index]) }
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    private let storage: Storage
    /// Where each model's line begins, and last where the text ends with its final newline.
    private let starts: [UInt32]
    /// The number of comment lines, which stand before all models.
    private let comments: Int

    init(_ storage: Storage) {
        self.storage = storage
        (starts, comments) = storage.withSpan { span in
            var starts: [UInt32] = []
            var comments = 0
            var index = 0
            while index < span.count {
                if starts.isEmpty && span[index] == UInt8(ascii: "#") {
                    comments += 1
                } else {
                    starts.append(UInt32(index))
                }
                while index < span.count && span[index] != UInt8(ascii: "\n") { index += 1 }
                index += 1
            }
            starts.append(UInt32(index))
            return (starts, comments)
        }
    }

    var count: Int { starts.count - 1 }

    /// The line with exactly this key.
    func row(named name: String) -> CatalogRow? {
        let wanted = Array(name.utf8)
        let found = storage.withSpan { span -> Int? in
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                if Self.name(at: starts[middle], in: span, precedes: wanted) { low = middle + 1 } else { high = middle }
            }
            return low < count ? low : nil
        }
        guard let found else { return nil }
        let row = CatalogRow(line(found))
        return row.key.utf8.elementsEqual(wanted) ? row : nil
    }

    /// Whether every line can be read and stands in order.
    ///
    /// - Throws: the first that does not.
    func check() throws(CatalogError) {
        var last: [UInt8]?
        for index in 0..<count {
            let row = CatalogRow(line(index))
            do {
                _ = try row.model(grade: nil)
            } catch {
                throw fault(index, error.reason)
            }
            let name = Array(row.key.utf8)
            if let last, !last.lexicographicallyPrecedes(name) {
                throw fault(index, "'\(row.key)' should stand before the line above: sort by name as bytes, each once")
            }
            last = name
        }
    }

    private func fault(_ index: Int, _ reason: String) -> CatalogError {
        CatalogError(source: .catalog, line: comments + index + 1, reason: reason)
    }

    private func line(_ index: Int) -> String {
        storage.string(Int(starts[index])..<(Int(starts[index + 1]) - 1))
    }

    private static func name(at start: UInt32, in span: Span<UInt8>, precedes wanted: [UInt8]) -> Bool {
        var index = Int(start)
        for byte in wanted {
            guard index < span.count, span[index] != UInt8(ascii: "\t") else { return true }
            if span[index] != byte { return span[index] < byte }
            index += 1
        }
        return false
    }
}
