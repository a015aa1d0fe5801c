import CodeParsing

/// What Python demands of lines and columns, and its grammar here lets pass.
struct PythonLayout {
    private(set) var fault: CodeFault?
    private let tree: SyntaxTree
    private let text: [UInt8]

    init(_ tree: SyntaxTree, text: [UInt8]) {
        self.tree = tree
        self.text = text
        for place in tree.nodes.indices {
            guard let reason = reason(at: place) else { continue }
            let offset = tree.nodes[place].range.lowerBound
            fault = CodeFault(at: offset, in: text, missing: nil, reason: reason)
            return
        }
    }

    private func reason(at place: Int) -> String? {
        switch tree.nodes[place].python {
        case .module: isEven(place, column: 0) ? nil : Self.uneven
        case .block: blockReason(place)
        case .tryStatement:
            tree.children(of: place).contains { [.exceptClause, .finallyClause].contains(tree.nodes[$0].python) }
                ? clauseReason(place) : "tries what nothing excepts"
        case .ifStatement, .forStatement, .whileStatement: hasBody(place) ? clauseReason(place) : Self.empty
        case .functionDefinition, .classDefinition, .withStatement, .elifClause, .elseClause, .exceptClause,
            .finallyClause, .caseClause:
            hasBody(place) ? nil : Self.empty
        default: nil
        }
    }

    private static let uneven = "is not in the column of the lines around it"
    private static let empty = "has nothing in it"

    private func hasBody(_ place: Int) -> Bool {
        tree.children(of: place).contains { tree.nodes[$0].python == .block }
    }

    private func statements(of place: Int) -> some Sequence<Int> {
        tree.children(of: place).lazy.filter { tree.nodes[$0].python != .comment }
    }

    private func blockReason(_ place: Int) -> String? {
        guard let first = statements(of: place).first(where: { _ in true }) else { return Self.empty }
        let column = tree.nodes[first].column
        guard isLineStart(first) else { return isEven(place, column: nil) ? nil : Self.uneven }
        let parent = tree.nodes[place].parent
        guard !isLineStart(parent) || tree.nodes[parent].column < column else { return Self.uneven }
        return isEven(place, column: column) ? nil : Self.uneven
    }

    /// Whether the statements that begin a line begin in one column; with nil, none may begin a line.
    private func isEven(_ place: Int, column: Int?) -> Bool {
        statements(of: place).allSatisfy { !isLineStart($0) || tree.nodes[$0].column == column }
    }

    /// Whether `else` and its like stand below what they belong to.
    private func clauseReason(_ place: Int) -> String? {
        guard isLineStart(place) else { return nil }
        let clauses: [PythonKind?] = [.elifClause, .elseClause, .exceptClause, .finallyClause]
        let isStray = tree.children(of: place).contains {
            clauses.contains(tree.nodes[$0].python) && isLineStart($0)
                && tree.nodes[$0].column != tree.nodes[place].column
        }
        return isStray ? Self.uneven : nil
    }

    private func isLineStart(_ place: Int) -> Bool {
        let node = tree.nodes[place]
        return text[(node.range.lowerBound - node.column)..<node.range.lowerBound].allSatisfy { $0 == 32 || $0 == 9 }
    }
}
