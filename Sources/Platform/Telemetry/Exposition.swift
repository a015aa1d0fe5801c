/// The syntax of Prometheus' text exposition format, version 0.0.4.
enum Exposition {
    static func sample(_ name: String, labels: String, _ value: String) -> String {
        labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    static func header(_ name: String, help: String, type: String) -> String {
        "# HELP \(name) \(escaped(help, quote: false))\n# TYPE \(name) \(type)\n"
    }

    static func escaped(_ text: String, quote: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quote: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
