import CodeParsing

/// A function that a Python program defines.
struct PythonFunction {
    let name: String
    /// From 1.
    let line: Int
    let isMethod: Bool
    /// How many arguments by place it takes at least and at most; at most nil for any number.
    private(set) var fewest = 0
    private(set) var most: Int? = 0
    /// Whether it gives something back, or raises what says that it does not yet.
    private(set) var returns = false
    /// Whether it has a body of more than a placeholder.
    private(set) var hasBody = false
    private(set) var prints = false

    init(at place: Int, in program: PythonProgram) {
        let nodes = program.tree.nodes
        let parts = Array(program.tree.children(of: place))
        name = parts.first { nodes[$0].pythonField == "name" }.map(program.name) ?? ""
        line = nodes[place].line + 1
        isMethod = Self.isMethod(place, nodes)
        if let parameters = parts.first(where: { nodes[$0].python == .parameters }) {
            count(program.tree.children(of: parameters).map { nodes[$0] })
        }
        guard let body = parts.first(where: { nodes[$0].python == .block }) else { return }
        hasBody = program.tree.children(of: body).contains {
            ![.comment, .string, .passStatement, .ellipsis].contains(nodes[$0].python)
        }
        // What a function inside gives back counts too: a wrapper that is lacking costs less than a false alarm.
        for inner in body..<nodes[body].after {
            switch nodes[inner].python {
            case .returnStatement: returns = returns || nodes[inner].after > inner + 1
            case .yield, .raiseStatement: returns = true
            case .call where program.text[nodes[inner].range].starts(with: "print".utf8): prints = true
            default: break
            }
        }
    }

    private mutating func count(_ parameters: [SyntaxTree.Node]) {
        for parameter in parameters {
            switch parameter.python {
            case .identifier, .typedParameter:
                fewest += 1
                most = most.map { $0 + 1 }
            case .defaultParameter, .typedDefaultParameter: most = most.map { $0 + 1 }
            case .listSplatPattern:
                most = nil
                return
            case .keywordSeparator, .dictionarySplatPattern: return
            default: break
            }
        }
    }

    private static func isMethod(_ place: Int, _ nodes: [SyntaxTree.Node]) -> Bool {
        var around = place
        while around != 0 {
            around = nodes[around].parent
            if nodes[around].python == .classDefinition { return true }
        }
        return false
    }
}
