import ExactNumbers
internal import JSON

/// Fills a JSON Schema with what a text holds: the arguments of a tool call, or an answer in a given form.
struct SchemaFilling {
    private let root: JSONValue
    private let ask: Ask
    private var usedNumbers: Set<Int> = []
    private(set) var fields = 0
    /// How many required values were not in the text and had to be made up.
    private(set) var guesses = 0

    /// Answers under a schema; a name of a member that is left out makes the answer a wrong one.
    init(schema: JSONValue, ask: Ask) {
        root = schema
        self.ask = ask
    }

    /// JSON text that fits the schema.
    mutating func fill() -> String {
        var writer = JSONWriter()
        write(root, named: "", depth: 0, into: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The answer, its difficulty, and what a weak model makes of it: a member missing, a value misread.
    static func solve(schema: JSONValue, ask: Ask) -> (json: String, difficulty: Double, mistakes: [String]) {
        var filling = SchemaFilling(schema: schema, ask: ask)
        let json = filling.fill()
        // One value that stands in the text is within everybody's reach.
        let difficulty = 0.07 * Double(filling.fields) - 0.05 + 0.15 * Double(filling.guesses)
        return (json, difficulty, spoilt(json))
    }

    private static func spoilt(_ json: String) -> [String] {
        guard let members = try? JSONDocument.parse(json).root.members else { return [] }
        let all = Array(members)
        guard let last = all.last else { return [] }
        func object(_ value: (JSONMembers.Member) -> String?) -> String {
            var writer = JSONWriter()
            writer.object { writer in
                for member in all {
                    guard let text = value(member) else { continue }
                    writer.key(named: member.name)
                    writer.raw(text.utf8)
                }
            }
            return String(decoding: writer.bytes, as: UTF8.self)
        }
        func raw(_ member: JSONMembers.Member) -> String { String(decoding: member.value.raw, as: UTF8.self) }
        let misread = all.last { $0.value.isNumber } ?? last
        return [
            object { $0.name == last.name ? nil : raw($0) },
            object { member in
                guard member.name == misread.name else { return raw(member) }
                return member.value.int.map { "\($0 + 1)" } ?? "\"unknown\""
            },
        ]
    }

    private mutating func write(_ schema: JSONValue, named name: String, depth: Int, into writer: inout JSONWriter) {
        let schema = resolved(schema)
        if let constant = schema["const"] { return writer.value(constant) }
        if let options = schema["enum"]?.elements { return writer.value(choice(Array(options), schema)) }
        switch type(of: schema) {
        case "object", "dict": object(schema, depth: depth, into: &writer)
        case "array", "tuple": array(schema, named: name, depth: depth, into: &writer)
        case "integer": writer.int(number(named: name, schema).flatMap { $0.isWhole ? $0.numerator : nil } ?? guess(1))
        case "number", "float":
            let text = number(named: name, schema)?.description
            text.map { writer.raw($0.utf8) } ?? writer.int(guess(1))
        case "boolean": writer.bool(!ask.mentions("not", "no", "never", "without", "don't"))
        case "null": writer.null()
        default: writer.string(string(named: name, schema))
        }
    }

    private mutating func object(_ schema: JSONValue, depth: Int, into writer: inout JSONWriter) {
        let required = Set(schema["required"]?.elements?.compactMap(\.string) ?? [])
        writer.object { writer in
            guard depth < 8, let properties = schema["properties"]?.members else { return }
            for property in properties where required.contains(property.name) || isSpokenOf(property.name) {
                fields += 1
                writer.key(named: property.name)
                write(property.value, named: property.name, depth: depth + 1, into: &writer)
            }
        }
    }

    private mutating func array(_ schema: JSONValue, named name: String, depth: Int, into writer: inout JSONWriter) {
        let items = schema["items"].map(resolved)
        switch items.map(type) {
        case "integer", "number", "float":
            let numbers = ask.words.compactMap(\.number)
            writer.array { writer in for number in numbers { writer.raw("\(number)".utf8) } }
        case "object", "array", "dict":
            writer.array { writer in
                if let items { write(items, named: name, depth: depth + 1, into: &writer) }
            }
        default:
            let found = evidence(name, schema) ?? (ask.quoted.isEmpty ? Findings.all(.name, in: ask.text) : ask.quoted)
            writer.array { writer in for text in found { writer.string(text) } }
        }
    }

    private func resolved(_ schema: JSONValue) -> JSONValue {
        if let path = schema["$ref"]?.string, path.hasPrefix("#/") {
            let target = path.split(separator: "/").dropFirst()
                .reduce(Optional(root)) { $0?[member: String($1)] }
            if let target, target.range != schema.range { return target }
        }
        let choices = schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"]
        return choices?.elements?.first { $0["type"]?.string != "null" } ?? schema
    }

    private func type(of schema: JSONValue) -> String {
        if let types = schema["type"]?.elements { return types.compactMap(\.string).first { $0 != "null" } ?? "string" }
        return schema["type"]?.string ?? (schema["properties"] == nil ? "string" : "object")
    }

    private mutating func guess<Value>(_ value: Value) -> Value {
        guesses += 1
        return value
    }

    private func isSpokenOf(_ name: String) -> Bool {
        terms(name).contains { term in ask.words.contains { $0.lower.hasPrefix(term) } }
    }

    /// The words of `snake_case` and `camelCase` names that are longer than two letters.
    private func terms(_ name: String) -> [String] { Self.terms(name).filter { $0.count > 2 } }

    /// The words of a `snake_case` or `camelCase` name, in lower case.
    static func terms(_ name: String) -> [String] {
        let spaced = name.reduce(into: "") { text, character in
            text +=
                character.isUppercase
                ? " \(character)" : character.isLetter || character.isNumber ? "\(character)" : " "
        }
        return spaced.lowercased().split(separator: " ").map(String.init)
    }

    private mutating func choice(_ options: [JSONValue], _ schema: JSONValue) -> JSONValue {
        let spoken = options.first { option in option.string.map { ask.mentions($0.lowercased()) } ?? false }
        if let spoken { return spoken }
        let names = options.compactMap(\.string)
        let prompt = "Classify as \(names.joined(separator: ", ")): \"\(ask.material)\""
        guard case .text(let best)? = Classification.solve(Ask(text: prompt))?.answer,
            let found = options.first(where: { $0.string == best })
        else { return guess(options.first ?? schema) }
        return found
    }

    /// The number that follows or precedes the member's name, else a solved sum, else the next number not yet used.
    private mutating func number(named name: String, _ schema: JSONValue) -> Rational? {
        let numbers = ask.words.indices.filter { ask.words[$0].number != nil && !usedNumbers.contains($0) }
        if ["answer", "result", "solution", "value", "total", "sum"].contains(name.lowercased()) {
            if let value = Arithmetic.expression(in: ask)?.value { return value }
        }
        let spoken = ask.words.indices.filter { at in terms(name).contains { ask.words[at].lower.hasPrefix($0) } }
        let near = spoken.compactMap { at in
            numbers.min { distance(from: at, to: $0) < distance(from: at, to: $1) }
        }.first
        guard let chosen = near ?? numbers.first else {
            return schema["default"]?.numberText.flatMap { Rational(decimal: $0) }
        }
        usedNumbers.insert(chosen)
        return ask.words[chosen].number
    }

    /// Words between; what stands before the name counts as a little farther than what follows it.
    private func distance(from name: Int, to number: Int) -> Int {
        number > name ? 2 * (number - name) : 2 * (name - number) + 1
    }

    private mutating func string(named name: String, _ schema: JSONValue) -> String {
        if let found = evidence(name, schema)?.first { return found }
        if ["answer", "result", "summary", "reply", "response", "text", "output"].contains(name.lowercased()) {
            let text = ["summary"].contains(name) ? Summary.sentences(of: ask.material).first : nil
            if let text { return text }
            if case .text(let solved)? = Tasks.solve(ask)?.answer { return solved }
        }
        for opening in ["in", "to", "from", "at", "for", "of", "named", "called"] {
            if let at = ask.position(of: opening), at + 1 < ask.words.count, ask.words[at + 1].isCapitalised {
                return Findings.all(.name, in: String(ask.text[ask.words[at + 1].text.startIndex...])).first
                    ?? String(ask.words[at + 1].text)
            }
        }
        if let found = ask.quoted.first ?? Findings.all(.name, in: ask.text).first { return found }
        return guess(schema["default"]?.string ?? ask.words.last.map { String($0.text) } ?? "")
    }

    /// What the text holds of the kind that the name or the description speaks of.
    private func evidence(_ name: String, _ schema: JSONValue) -> [String]? {
        let described = terms(name) + (schema["format"]?.string.map { [$0] } ?? [])
        for kind in Findings.Kind.allCases where !Set(kind.cues).isDisjoint(with: described) {
            let found = Findings.all(kind, in: ask.material)
            if !found.isEmpty { return found }
        }
        return nil
    }
}
