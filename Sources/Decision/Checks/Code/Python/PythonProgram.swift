import CodeParsing

/// A Python program that parses, as rules of Python look at it.
struct PythonProgram {
    let tree: SyntaxTree
    let text: [UInt8]
    let block: CodeBlock

    init(_ tree: SyntaxTree, text: [UInt8], block: CodeBlock) {
        self.tree = tree
        self.text = text
        self.block = block
    }

    /// A text with the commands of notebooks, `%matplotlib inline` and `!pip install x`, made comments.
    static func withoutMagic(_ text: [UInt8]) -> [UInt8] {
        var (text, isStart) = (text, true)
        for place in text.indices {
            if isStart, text[place] == UInt8(ascii: "%") || text[place] == UInt8(ascii: "!") {
                text[place] = UInt8(ascii: "#")
            }
            isStart = text[place] == 10
        }
        return text
    }
}

/// What Python's grammar calls its nodes, those that rules ask for.
enum PythonKind: String {
    case aliasedImport = "aliased_import"
    case asPatternTarget = "as_pattern_target"
    case assignment
    case attribute
    case augmentedAssignment = "augmented_assignment"
    case block
    case call
    case caseClause = "case_clause"
    case casePattern = "case_pattern"
    case classDefinition = "class_definition"
    case comment
    case defaultParameter = "default_parameter"
    case dictionarySplatPattern = "dictionary_splat_pattern"
    case dottedName = "dotted_name"
    case elifClause = "elif_clause"
    case ellipsis
    case elseClause = "else_clause"
    case exceptClause = "except_clause"
    case finallyClause = "finally_clause"
    case forInClause = "for_in_clause"
    case forStatement = "for_statement"
    case functionDefinition = "function_definition"
    case globalStatement = "global_statement"
    case identifier
    case ifStatement = "if_statement"
    case importFromStatement = "import_from_statement"
    case importStatement = "import_statement"
    case keywordArgument = "keyword_argument"
    case keywordSeparator = "keyword_separator"
    case lambdaParameters = "lambda_parameters"
    case listPattern = "list_pattern"
    case listSplatPattern = "list_splat_pattern"
    case matchStatement = "match_statement"
    case module
    case namedExpression = "named_expression"
    case nonlocalStatement = "nonlocal_statement"
    case parameters
    case passStatement = "pass_statement"
    case patternList = "pattern_list"
    case raiseStatement = "raise_statement"
    case returnStatement = "return_statement"
    case string
    case tryStatement = "try_statement"
    case tuplePattern = "tuple_pattern"
    case typeAliasStatement = "type_alias_statement"
    case typedDefaultParameter = "typed_default_parameter"
    case typedParameter = "typed_parameter"
    case typeParameter = "type_parameter"
    case whileStatement = "while_statement"
    case wildcardImport = "wildcard_import"
    case withStatement = "with_statement"
    case yield
}

extension SyntaxTree.Node {
    private static let pythonKinds = CodeLanguage.python.kinds.map(PythonKind.init(rawValue:))
    private static let pythonFields = CodeLanguage.python.fields

    /// What it is, in a tree of Python.
    var python: PythonKind? { kind < Self.pythonKinds.count ? Self.pythonKinds[kind] : nil }

    /// What part of its parent it is, in a tree of Python; empty for none.
    var pythonField: String { Self.pythonFields[field] }
}
