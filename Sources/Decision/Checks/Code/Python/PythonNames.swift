import CodeParsing

/// The names of a Python program: those bound anywhere in it, in whatever scope, and those used in functions.
///
/// Scopes are not told apart: what is bound nowhere is undefined in each of them, and little else is sure.
struct PythonNames {
    private(set) var bound: Set<String> = []
    /// Those used in a function, with the line of the first use.
    private(set) var used: [String: Int] = [:]
    /// Whether names may be bound that cannot be seen.
    private(set) var isOpen = false
    private let program: PythonProgram

    init(_ program: PythonProgram) {
        self.program = program
        let nodes = program.tree.nodes
        var functionEnd = 0
        for place in nodes.indices {
            switch nodes[place].python {
            case .functionDefinition: functionEnd = max(functionEnd, nodes[place].after)
            case .wildcardImport: isOpen = true
            case .identifier: note(place, inFunction: place < functionEnd)
            default: break
            }
        }
    }

    private mutating func note(_ place: Int, inFunction: Bool) {
        let nodes = program.tree.nodes
        let node = nodes[place]
        let name = program.name(at: place)
        if ["exec", "eval", "globals", "locals", "setattr", "vars"].contains(name) { isOpen = true }
        switch role(of: place) {
        case .binding: bound.insert(name)
        case .use where inFunction: if used[name] == nil { used[name] = node.line + 1 }
        case .use, .label: break
        }
    }

    private enum Role { case binding, use, label }

    private func role(of place: Int) -> Role {
        let nodes = program.tree.nodes
        let (node, parent) = (nodes[place], nodes[nodes[place].parent])
        switch parent.python {
        case .attribute: return node.pythonField == "attribute" ? .label : .use
        case .keywordArgument: return node.pythonField == "name" ? .label : .use
        case .dottedName: return roleOfDotted(place)
        case .functionDefinition, .classDefinition, .aliasedImport, .namedExpression:
            return ["name", "alias"].contains(node.pythonField) ? .binding : .use
        case .parameters, .lambdaParameters, .globalStatement, .nonlocalStatement, .typedParameter, .listSplatPattern,
            .dictionarySplatPattern, .patternList, .tuplePattern, .listPattern, .asPatternTarget, .casePattern,
            .typeParameter, .typeAliasStatement:
            return .binding
        case .defaultParameter, .typedDefaultParameter: return node.pythonField == "name" ? .binding : .use
        case .assignment, .augmentedAssignment, .forStatement, .forInClause:
            return node.pythonField == "left" ? .binding : .use
        default: return isInPattern(place) ? .binding : .use
        }
    }

    /// A dotted name is one that is imported, or stands in a pattern of `match`.
    private func roleOfDotted(_ place: Int) -> Role {
        let nodes = program.tree.nodes
        let dotted = nodes[place].parent
        guard place == dotted + 1 else { return .label }
        switch nodes[nodes[dotted].parent].python {
        case .importFromStatement: return nodes[dotted].pythonField == "name" ? .binding : .label
        case .aliasedImport: return .label
        default: return .binding
        }
    }

    /// Whether it stands in what `as` binds, in brackets say, or in a pattern of `match`.
    private func isInPattern(_ place: Int) -> Bool {
        let nodes = program.tree.nodes
        var around = nodes[place].parent
        for _ in 0..<6 {
            switch nodes[around].python {
            case .asPatternTarget, .casePattern, .typeParameter: return true
            case .block, .module, .call: return false
            default: around = nodes[around].parent
            }
        }
        return false
    }
}

extension PythonProgram {
    func name(at place: Int) -> String { String(decoding: text[tree.nodes[place].range], as: UTF8.self) }

    /// The definitions of functions, outermost first.
    var functions: [PythonFunction] {
        tree.nodes.indices.filter { tree.nodes[$0].python == .functionDefinition }.map {
            PythonFunction(at: $0, in: self)
        }
    }
}
