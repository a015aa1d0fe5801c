import Dialogue

/// The tool calls of an answer: those of the provider's own kind, or else those written in its text.
package struct WrittenCalls {
    /// A call with its arguments by name.
    package struct Call: Hashable {
        package let name: String
        /// The named arguments; nil where they cannot be read.
        package let arguments: [ArgumentValue.Member]?
    }

    /// In the order in which they stand.
    package let calls: [Call]
    /// Whether they stand in the text.
    let areText: Bool
    /// How much of the text is beside them, in bytes; of all without any.
    let prose: Int

    /// The most calls that are looked at one by one.
    static let most = 64
    /// The most text that is searched for calls.
    private static let mostBytes = 20_000

    /// Those of an answer.
    package init(in answer: Answer) {
        let text = answer.bytes
        guard answer.toolCalls.isEmpty else {
            calls = answer.toolCalls.map { call in
                guard case .object(let members)? = LiteralReader.value(of: call.arguments.utf8) else {
                    return Call(name: call.name, arguments: call.arguments.utf8.allSatisfy(\.isSpace) ? [] : nil)
                }
                return Call(name: call.name, arguments: members)
            }
            areText = false
            prose = text[...].trimmed.count
            return
        }
        let names = Set(answer.prompt.tools.flatMap { [Self.plain($0.name), Self.lastPart($0.name)] })
        (calls, prose) = Self.search(text.prefix(Self.mostBytes).trimmed, names)
        areText = true
    }

    /// A name without what providers do not allow in names.
    package static func plain(_ name: String) -> String {
        String(decoding: name.utf8.map { $0.isWordByte ? $0.lowercased : UInt8(ascii: "_") }, as: UTF8.self)
    }

    private static func lastPart(_ name: String) -> String {
        plain(name.split(separator: ".").last.map(String.init) ?? name)
    }

    private static func search(_ text: ArraySlice<UInt8>, _ names: Set<String>) -> (calls: [Call], prose: Int) {
        var found: [Call] = []
        var covered = 0
        var place = text.startIndex
        var afterWord = false
        // What was read in vain: where calls begin again and again and never end, the rest is left alone.
        var effort = 0
        while place < text.endIndex, effort < 8 * text.count {
            let byte = text[place]
            var reader = LiteralReader(text[place...])
            if byte == UInt8(ascii: "{") {
                if let value = reader.value() {
                    let read = Self.calls(of: value, names)
                    if !read.isEmpty {
                        found += read
                        covered += reader.place - place
                    }
                    place = reader.place
                    continue
                }
                effort += reader.place - place
            } else if !afterWord, byte.isLetter || byte == UInt8(ascii: "_"), let name = reader.name() {
                let isOpened = reader.take("(")
                if isOpened, let arguments = Self.arguments(&reader),
                    names.contains(plain(name)) || found.isEmpty && covered == 0 && isCallLike(text, at: place)
                {
                    found.append(Call(name: name, arguments: arguments))
                    covered += reader.place - place
                    place = reader.place
                } else if !isOpened, text[reader.place...].first == UInt8(ascii: "{"), names.contains(plain(name)),
                    case .object(let arguments)? = reader.value()
                {
                    found.append(Call(name: name, arguments: arguments))
                    covered += reader.place - place
                    place = reader.place
                } else {
                    effort += reader.place - place - name.utf8.count
                    place += name.utf8.count
                }
                afterWord = false
                continue
            }
            afterWord = byte.isWordByte || byte == UInt8(ascii: "_")
            place += 1
        }
        return (found, max(0, text.count - covered - 2))
    }

    /// Whether a call at this place begins the text or a list of calls, so that it is meant as one whatever its name.
    private static func isCallLike(_ text: ArraySlice<UInt8>, at place: Int) -> Bool {
        text[..<place].allSatisfy { $0.isSpace || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "`") }
    }

    /// Arguments up to the closing bracket, all of them named; nil if it does not read so.
    private static func arguments(_ reader: inout LiteralReader) -> [ArgumentValue.Member]? {
        var found: [ArgumentValue.Member] = []
        while !reader.take(")") {
            guard let name = reader.name(), reader.take("="), let value = reader.value() else { return nil }
            found.append(ArgumentValue.Member(name: name, value: value))
            guard reader.take(",") else { return reader.take(")") ? found : nil }
        }
        return found
    }

    /// The calls that an object spells: `{"name", "arguments"}`, `{"tool_calls": […]}` or `{"tool": {…}}`.
    private static func calls(of value: ArgumentValue, _ names: Set<String>) -> [Call] {
        guard case .object(let members) = value else { return [] }
        func member(_ names: String...) -> ArgumentValue? { members.first { names.contains($0.name) }?.value }
        if case .list(let listed)? = member("tool_calls", "function_calls") {
            return listed.flatMap { calls(of: $0, names) }
        }
        if case .object? = member("function"), let inner = member("function") { return calls(of: inner, names) }
        if case .text(let name)? = member("name", "function", "tool") {
            switch member("arguments", "parameters", "params", "input") {
            case .object(let arguments)?: return [Call(name: name, arguments: arguments)]
            case .text(let text)?:
                guard case .object(let arguments)? = LiteralReader.value(of: text.utf8) else {
                    return [Call(name: name, arguments: nil)]
                }
                return [Call(name: name, arguments: arguments)]
            default: return names.contains(plain(name)) ? [Call(name: name, arguments: [])] : []
            }
        }
        return members.compactMap { member in
            guard names.contains(plain(member.name)), case .object(let arguments) = member.value else { return nil }
            return Call(name: member.name, arguments: arguments)
        }
    }
}

extension Answer {
    /// Whether the arguments of all calls together are short enough to be read value by value.
    var hasShortCalls: Bool { toolCalls.reduce(0) { $0 + $1.arguments.utf8.count } <= CheckBudget.mostBytes }
}
