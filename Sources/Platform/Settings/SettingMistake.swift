package import YAML

/// One thing that is wrong in a configuration: where, what, and the remedy.
package struct SettingMistake: Hashable, Sendable, CustomStringConvertible {
    /// nil for a setting that is not of the file, such as an environment variable.
    package let position: YAMLPosition?
    /// The setting's place in the tree, such as `providers.openai.base_url`; empty for the whole file.
    package let path: String
    /// A sentence with its remedy; never a secret.
    package let message: String

    package init(position: YAMLPosition?, path: String, message: String) {
        self.position = position
        self.path = path
        self.message = message
    }

    /// `line:column: path: message`, without the place where there is none.
    package var description: String {
        "\(position.map { "\($0.line):\($0.column): " } ?? "")\(path.isEmpty ? "" : "\(path): ")\(message)"
    }
}

/// Collects the mistakes of one reading, so that a user hears of all of them at once.
package final class MistakeLog {
    package private(set) var mistakes: [SettingMistake] = []

    package init() {}

    /// Notes a mistake, once if it comes again.
    package func add(_ mistake: SettingMistake) {
        if !mistakes.contains(mistake) { mistakes.append(mistake) }
    }

    /// Those of no file first, then in the order of the file.
    package var inOrder: [SettingMistake] {
        mistakes.sorted {
            ($0.position?.line ?? 0, $0.position?.column ?? 0) < ($1.position?.line ?? 0, $1.position?.column ?? 0)
        }
    }
}
