internal import CTreeSitter

/// A language whose grammar is linked in.
package enum CodeLanguage: String, CaseIterable, Sendable {
    case bash, c, cpp, css, go, html, java, javascript, json, php, python, ruby, rust, swift, tsx, typescript

    var grammar: OpaquePointer {
        switch self {
        case .bash: unsafe tree_sitter_bash()
        case .c: unsafe tree_sitter_c()
        case .cpp: unsafe tree_sitter_cpp()
        case .css: unsafe tree_sitter_css()
        case .go: unsafe tree_sitter_go()
        case .html: unsafe tree_sitter_html()
        case .java: unsafe tree_sitter_java()
        case .javascript: unsafe tree_sitter_javascript()
        case .json: unsafe tree_sitter_json()
        case .php: unsafe tree_sitter_php()
        case .python: unsafe tree_sitter_python()
        case .ruby: unsafe tree_sitter_ruby()
        case .rust: unsafe tree_sitter_rust()
        case .swift: unsafe tree_sitter_swift()
        case .tsx: unsafe tree_sitter_tsx()
        case .typescript: unsafe tree_sitter_typescript()
        }
    }

    /// What the grammar calls its nodes: the place of a name is a node's ``SyntaxTree/Node/kind``.
    package var kinds: [String] {
        let count = unsafe ts_language_symbol_count(grammar)
        return (0..<count).map { kind in
            unsafe ts_language_symbol_name(grammar, TSSymbol(kind)).map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// What the grammar calls the parts of its nodes: the place of a name is a node's ``SyntaxTree/Node/field``; the first
    /// stands for none.
    package var fields: [String] {
        let count = unsafe ts_language_field_count(grammar)
        return (0...count).map { field in
            unsafe ts_language_field_name_for_id(grammar, TSFieldId(field)).map { unsafe String(cString: $0) } ?? ""
        }
    }
}
