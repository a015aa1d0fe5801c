package import YAML

/// One value of a configuration with its path; readers return nil after they have noted a mistake.
package struct Setting {
    package let node: YAMLNode
    package let path: String
    private let log: MistakeLog

    package init(node: YAMLNode, path: String = "", log: MistakeLog) {
        self.node = node
        self.path = path
        self.log = log
    }

    /// Notes that this setting is wrong.
    package func mistake(_ message: String) {
        log.add(SettingMistake(position: node.position, path: path, message: message))
    }

    /// Notes that something beside the file is wrong, such as an environment variable.
    package func mistake(outsideTheFile source: String, _ message: String) {
        log.add(SettingMistake(position: nil, path: source, message: message))
    }

    /// The settings of a mapping by their names; a name that is not `known` is a mistake.
    package func fields(_ known: [String]) -> [String: Setting]? {
        guard let entries = entries("a mapping with \(known.joined(separator: ", "))") else { return nil }
        var fields: [String: Setting] = [:]
        for (name, setting) in entries {
            guard known.contains(name) else {
                let meant = Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                setting.mistake("unknown setting; \(meant ?? "known here: \(known.joined(separator: ", "))")")
                continue
            }
            if !setting.node.isNull { fields[name] = setting }
        }
        return fields
    }

    /// The entries of a mapping whose names are the user's own.
    package func entries(_ expected: String = "a mapping of names") -> [(name: String, setting: Setting)]? {
        guard case .mapping(let entries) = node.content else {
            mistake("should be \(expected)")
            return nil
        }
        return entries.map { entry in
            let node = YAMLNode(content: entry.value.content, position: entry.position)
            return (entry.key, Setting(node: node, path: path.isEmpty ? entry.key : "\(path).\(entry.key)", log: log))
        }
    }

    /// The elements of a sequence; a single scalar counts as a sequence of one.
    package func elements() -> [Setting]? {
        switch node.content {
        case .sequence(let nodes):
            return nodes.enumerated().map { Setting(node: $1, path: "\(path)[\($0)]", log: log) }
        case .scalar: return [self]
        case .mapping:
            mistake("should be a list")
            return nil
        }
    }

    /// Any scalar as text.
    package func text() -> String? {
        guard case .scalar(let text, _) = node.content, !text.isEmpty else {
            mistake("should be a text")
            return nil
        }
        return text
    }

    /// A list of texts.
    package func texts() -> [String]? { elements()?.compactMap { $0.text() } }

    /// `true` or `false`.
    package func flag() -> Bool? {
        switch text() {
        case nil: return nil
        case "true": return true
        case "false": return false
        case let other?:
            mistake("should be true or false, not '\(other)'")
            return nil
        }
    }

    /// An integer within bounds.
    package func integer(in bounds: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        guard let number = Int(text.filter { $0 != "_" }), bounds.contains(number) else {
            mistake("should be an integer from \(bounds.lowerBound) to \(bounds.upperBound), not '\(text)'")
            return nil
        }
        return number
    }

    /// A share written as percent, such as `80%`; bounds are in percent.
    package func percent(in bounds: ClosedRange<Double>) -> Double? {
        guard let text = text() else { return nil }
        let digits = text.last == "%" ? text.dropLast() : text[...]
        guard text.last == "%", let number = Double(digits), bounds.contains(number) else {
            let (least, most) = (Int(bounds.lowerBound), Int(bounds.upperBound))
            mistake("should be such as 20%, from \(least)% to \(most)%, not '\(text)'")
            return nil
        }
        return number / 100
    }

    /// One of a few words.
    package func word(of words: [String]) -> String? {
        guard let text = text() else { return nil }
        guard words.contains(text) else {
            mistake("should be one of \(words.joined(separator: ", ")), not '\(text)'")
            return nil
        }
        return text
    }

    /// A secret, in which `${NAME}` stands for an environment variable; the text itself is never part of a mistake.
    package func secret(environment: [String: String]) -> Secret? {
        guard let text = text() else { return nil }
        var rest = text[...]
        var result = ""
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            guard rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") else {
                result += String(rest.removeFirst())
                continue
            }
            let name = String(rest.dropFirst(2)[..<end])
            guard let value = environment[name], !value.isEmpty else {
                mistake("the environment variable \(name) is not set; export it before the start")
                return nil
            }
            result += value
            rest = rest[rest.index(after: end)...]
        }
        return Secret(result + rest)
    }
}
