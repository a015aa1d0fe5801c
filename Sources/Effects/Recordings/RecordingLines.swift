internal import Gzip
package import JSON

/// Why recordings cannot be used.
package enum RecordingsError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case invalid(path: String, line: Int, reason: String)
    /// No model is left: none was asked for that has both answers and a price.
    case noModels

    package var description: String {
        switch self {
        case .unreadable(let reason): reason
        case .invalid(let path, let line, let reason): "\(path):\(line): \(reason)"
        case .noModels:
            "no model has recorded answers and a price: name models of the recordings with --models and their prices "
                + "with --prices"
        }
    }
}

/// Reads files of recordings: one JSON object a line, gzipped or not.
package enum RecordingLines {
    /// Hands out every row; what `body` returns is what is wrong with it.
    package static func read(_ path: String, body: (JSONValue) -> String?) throws(RecordingsError) {
        let parser = JSONParser()
        var number = 0
        var reader: LineReader
        do { reader = try LineReader(path: path) } catch { throw .unreadable("\(error)") }
        while true {
            let line: [UInt8]?
            do { line = try reader.next() } catch { throw .unreadable("\(error)") }
            guard let line else { return }
            number += 1
            if line.allSatisfy({ $0 == 32 || (9...13).contains($0) }) { continue }
            let reason: String?
            do { reason = body(try parser.parse(line).root) } catch {
                reason = "\(error); each line holds one JSON object"
            }
            if let reason { throw .invalid(path: path, line: number, reason: reason) }
        }
    }

    /// Hands out the members of the one object that a file holds.
    package static func readObject(_ path: String, body: (String, JSONValue) -> Void) throws(RecordingsError) {
        var text: [UInt8] = []
        do {
            var reader = try LineReader(path: path)
            while let line = try reader.next() { text += line + [UInt8(ascii: "\n")] }
        } catch {
            throw .unreadable("\(error)")
        }
        do {
            guard let members = try JSONDocument.parse(text).root.members else { return }
            for member in members { body(member.name, member.value) }
        } catch {
            throw .invalid(path: path, line: 1, reason: "\(error)")
        }
    }
}
