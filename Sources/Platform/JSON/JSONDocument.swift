internal import CSimdjson
internal import Glibc

/// A parsed JSON text that keeps its own bytes.
///
/// Every value knows the byte range it was read from, so a document can be read, copied in part or rewritten around one
/// value without touching the rest. The text was validated in whole by simdjson: UTF-8, structure, numbers, escapes.
package final class JSONDocument: Sendable {
    /// The source text.
    package let bytes: [UInt8]
    let nodes: [csj_node]

    /// The outermost value.
    package var root: JSONValue { JSONValue(document: self, index: 0) }

    init(bytes: [UInt8], nodes: [csj_node]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    /// The value of the last member of that name of the object at that index; 0 if it has none or is no object.
    @inline(__always)
    func lastMember(named name: StaticString, of index: Int) -> Int {
        guard nodes[index].kind == JSONKind.object.rawValue else { return 0 }
        let found = unsafe nodes.withUnsafeBufferPointer { nodes in
            unsafe bytes.withUnsafeBufferPointer { bytes -> UInt32 in
                guard let nodes = nodes.baseAddress, let bytes = bytes.baseAddress else { return 0 }
                return unsafe csj_last_member(
                    nodes, bytes, UInt32(index), name.utf8Start, UInt32(name.utf8CodeUnitCount))
            }
        }
        return found == .max ? lastMember(named: "\(name)", of: index) : Int(found)
    }

    private func lastMember(named name: String, of index: Int) -> Int {
        JSONValue(document: self, index: index)[member: name]?.index ?? 0
    }

    /// The text that a part of the source spells.
    func text(in range: Range<Int>) -> String {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        }
    }

    /// Whether a string without escapes is that text.
    func isText(of node: csj_node, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard Int(node.end - node.start) == count else { return false }
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe memcmp($0 + Int(node.start), text.utf8Start, count) == 0 } ?? false
        }
    }
}

/// What a node of the shim is; the raw values are the shim's own.
enum JSONKind: UInt32 {
    case null, bool, number, string, escapedString, array, object
}

/// Why a text is not JSON.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    /// What the parser objected to, in its own words; never a part of the text.
    package let reason: String
    /// The byte offset near which it arose.
    package let offset: Int

    package init(reason: String, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    package var description: String { "invalid JSON near byte \(offset): \(reason)" }
}

/// A parser that reuses its scratch space; one for each thread or task, never shared.
@safe
package final class JSONParser {
    private let handle: OpaquePointer

    /// Creates a parser without scratch space; it grows with the first documents.
    package init() {
        unsafe handle = csj_parser_new()
    }

    deinit {
        unsafe csj_parser_free(handle)
    }

    /// Parses one whole document.
    ///
    /// - Throws: where and why the text is not JSON.
    package func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONDocument {
        var found: UnsafePointer<csj_node>?
        var count = 0
        var offset = 0
        let code = unsafe bytes.withUnsafeBufferPointer { source -> Int32 in
            guard let base = source.baseAddress else {
                return unsafe csj_parse(handle, [0], 0, &found, &count, &offset)
            }
            return unsafe csj_parse(handle, base, source.count, &found, &count, &offset)
        }
        guard code == 0, let found = unsafe found else {
            throw JSONError(reason: unsafe String(cString: csj_error_message(code)), offset: offset)
        }
        return JSONDocument(bytes: bytes, nodes: unsafe Array(UnsafeBufferPointer(start: found, count: count)))
    }
}

extension JSONDocument {
    /// Parses one whole document with a parser of its own; on a hot path keep a ``JSONParser``.
    ///
    /// - Throws: where and why the text is not JSON.
    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONDocument {
        try JSONParser().parse(bytes)
    }

    /// Parses one whole document with a parser of its own.
    ///
    /// - Throws: where and why the text is not JSON.
    package static func parse(_ text: String) throws(JSONError) -> JSONDocument {
        try JSONParser().parse(Array(text.utf8))
    }
}
