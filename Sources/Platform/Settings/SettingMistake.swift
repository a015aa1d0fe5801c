package import YAML

/// One thing that is wrong in a configuration: where, what, and the remedy.
package struct SettingMistake: Hashable, Sendable, CustomStringConvertible {
    package let position: YAMLPosition
    /// The setting's place in the tree, such as `providers.openai.base_url`; empty for the whole file.
    package let path: String
    /// A sentence with its remedy; never a secret.
    package let message: String

    package init(position: YAMLPosition, path: String, message: String) {
        self.position = position
        self.path = path
        self.message = message
    }

    /// `line:column: path: message`.
    package var description: String {
        "\(position.line):\(position.column): \(path.isEmpty ? "" : "\(path): ")\(message)"
    }
}

/// Collects the mistakes of one reading, so that a user hears of all of them at once.
package final class MistakeLog {
    package private(set) var mistakes: [SettingMistake] = []

    package init() {}

    package func add(_ mistake: SettingMistake) { mistakes.append(mistake) }

    /// In the order of the file.
    package var inOrder: [SettingMistake] {
        mistakes.sorted { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
    }
}
