internal import CTreeSitter

/// A program's text as its grammar sees it: a value, whole even where the text does not parse.
package struct SyntaxTree: Sendable {
    package let language: CodeLanguage
    /// The nodes that have a name or tell of a fault, in the order in which they begin, parents first; never empty.
    package let nodes: [Node]

    /// A stretch of the text, and what the grammar takes it for.
    package struct Node: Hashable, Sendable {
        /// The place of its name in ``CodeLanguage/kinds``.
        package let kind: Int
        /// What part of its parent it is: a place in ``CodeLanguage/fields``, 0 for none.
        package let field: Int
        /// The bytes of the text.
        package let range: Range<Int>
        /// Where it begins; both count from 0, columns in bytes.
        package let line: Int
        package let column: Int
        /// The place of the node around it; the root's is its own.
        package let parent: Int
        /// The place of the first node behind its descendants.
        package let after: Int
        package let fault: Fault?
    }

    /// How a node tells that the text does not parse.
    package enum Fault: Hashable, Sendable {
        /// The grammar takes nothing like it there.
        case unexpected
        /// The grammar wants it there; the node is empty.
        case missing
    }

    /// The longest text that is parsed, in bytes; a tree takes some hundred bytes for each.
    package static let mostBytes = 1 << 16

    /// Parses a text, whatever is in it.
    ///
    /// - Throws: which limit it exceeds.
    package static func parse(
        _ text: ArraySlice<UInt8>, as language: CodeLanguage, within time: Duration
    ) throws(ParseLimit) -> SyntaxTree {
        guard text.count <= mostBytes else { throw .bytes }
        let nanoseconds = UInt64(max(0, time / .nanoseconds(1)))
        let nodes = unsafe text.withUnsafeBufferPointer { text -> [Node]? in
            // An empty text has no address, and the parser wants one.
            var nothing: UInt8 = 0
            return unsafe withUnsafePointer(to: &nothing) { nothing in
                let bytes = unsafe text.baseAddress ?? nothing
                guard let tree = unsafe cts_parse(language.grammar, bytes, UInt32(text.count), nanoseconds) else {
                    return nil
                }
                defer { unsafe ts_tree_delete(tree) }
                return unsafe Self.nodes(of: tree)
            }
        }
        guard let nodes else { throw .time }
        return SyntaxTree(language: language, nodes: nodes)
    }

    private static func nodes(of tree: OpaquePointer) -> [Node] {
        let most = Int(unsafe cts_most_nodes(tree))
        return unsafe withUnsafeTemporaryAllocation(of: cts_node.self, capacity: most) { found in
            guard let start = found.baseAddress else { return [] }
            let count = Int(unsafe cts_nodes(tree, start))
            return unsafe found.prefix(count).map(Node.init)
        }
    }
}

/// Why a text was not parsed to its end.
package enum ParseLimit: Error, Hashable, Sendable {
    case bytes, time
}

extension SyntaxTree.Node {
    fileprivate init(_ node: cts_node) {
        self.init(
            kind: Int(node.kind), field: Int(node.field), range: Int(node.start)..<Int(node.end), line: Int(node.row),
            column: Int(node.column), parent: Int(node.parent), after: Int(node.after),
            fault: node.unexpected ? .unexpected : node.missing ? .missing : nil)
    }
}
