import CodeParsing

/// What Go demands of a whole file, and its grammar here lets pass: under `package` nothing but declarations.
struct GoLayout {
    private(set) var fault: CodeFault?

    init(_ tree: SyntaxTree, text: [UInt8]) {
        let kinds = tree.children(of: 0).map { (Self.kinds[tree.nodes[$0].kind], tree.nodes[$0].range.lowerBound) }
        guard kinds.contains(where: { $0.0 == "package_clause" }),
            let stray = kinds.first(where: { !Self.declarations.contains($0.0) })
        else { return }
        fault = CodeFault(at: stray.1, in: text, missing: nil, reason: "declares nothing")
    }

    private static let kinds = CodeLanguage.go.kinds
    private static let declarations: Set<String> = [
        "package_clause", "import_declaration", "function_declaration", "method_declaration", "type_declaration",
        "var_declaration", "const_declaration", "comment",
    ]
}
