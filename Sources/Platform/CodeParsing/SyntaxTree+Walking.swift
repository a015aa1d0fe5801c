extension SyntaxTree {
    /// The places of a node's children, in order.
    package func children(of place: Int) -> some Sequence<Int> {
        let end = nodes[place].after
        return sequence(state: place + 1) { next in
            guard next < end else { return nil }
            defer { next = nodes[next].after }
            return next
        }
    }

    /// The first thing that does not parse, in the order of the text.
    package var firstFault: Node? { nodes.first { $0.fault != nil } }
}
