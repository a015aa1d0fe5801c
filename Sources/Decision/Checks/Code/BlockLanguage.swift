import CodeParsing

/// What language a block is held to.
enum BlockLanguage: Hashable {
    case program(CodeLanguage)
    /// PostgreSQL, or another dialect of SQL.
    case sql(isPostgres: Bool)

    /// The language that a tag names; nil for one without a grammar and for what is no program, such as `text`.
    init?(tag: String) {
        if ["postgresql", "postgres", "pgsql"].contains(tag) {
            self = .sql(isPostgres: true)
        } else if tag == "sql" {
            self = .sql(isPostgres: false)
        } else if let language = CodeLanguage(rawValue: tag) ?? Self.otherNames[tag] {
            self = .program(language)
        } else {
            return nil
        }
    }

    private static let otherNames: [String: CodeLanguage] = [
        "py": .python, "python3": .python, "py3": .python, "python2": .python, "ipython": .python, "js": .javascript,
        "jsx": .javascript, "mjs": .javascript, "node": .javascript, "ts": .typescript, "golang": .go, "rs": .rust,
        "rb": .ruby, "sh": .bash, "shell": .bash, "zsh": .bash, "c++": .cpp, "cc": .cpp, "cxx": .cpp,
    ]

    /// How a reason names it.
    var name: String {
        switch self {
        case .sql(let isPostgres): isPostgres ? "PostgreSQL" : "SQL"
        case .program(let language): Self.properNames[language] ?? language.rawValue.uppercased()
        }
    }

    private static let properNames: [CodeLanguage: String] = [
        .bash: "shell", .cpp: "C++", .go: "Go", .java: "Java", .javascript: "JavaScript", .python: "Python",
        .ruby: "Ruby", .rust: "Rust", .swift: "Swift", .typescript: "TypeScript",
    ]
}

extension BlockLanguage {
    /// How well a language's grammar tells broken code from sound code, as Docs/Quality.md measures it.
    enum Trust {
        /// At most one sound file in a hundred is called broken.
        case certain
        /// A few are.
        case usual
        /// Too many are: dialects, fragments and macros.
        case advisory
    }

    var trust: Trust {
        switch self {
        case .sql(let isPostgres): isPostgres ? .usual : .advisory
        case .program(let language):
            switch language {
            case .python, .javascript, .go, .java: .certain
            case .c, .cpp, .php, .rust, .ruby, .tsx, .typescript: .usual
            case .bash, .css, .html, .json, .swift: .advisory
            }
        }
    }
}
