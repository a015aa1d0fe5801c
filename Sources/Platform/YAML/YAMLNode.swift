/// One value of a YAML text, and where it stands.
package struct YAMLNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// Text; `isPlain` tells `8080` from `"8080"`.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// In the order of the source; keys are distinct.
        case mapping([Entry])
    }

    /// A key of a mapping, and its value.
    package struct Entry: Hashable, Sendable {
        package let key: String
        package let position: YAMLPosition
        package let value: YAMLNode
    }

    package let content: Content
    package let position: YAMLPosition

    package init(content: Content, position: YAMLPosition) {
        self.content = content
        self.position = position
    }

    /// Whether nothing was written, or `~` or `null`.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null"].contains(text)
    }
}

/// A place in a text; both counts begin at 1.
package struct YAMLPosition: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// Why a text was refused, and where.
package struct YAMLError: Error, Hashable, Sendable {
    package let reason: String
    package let position: YAMLPosition
}
