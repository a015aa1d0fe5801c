import Dialogue

/// What a tool takes, read from the schema of its arguments.
struct ToolDeclaration {
    struct Parameter {
        let name: String
        /// The names of its types; empty if any will do.
        let types: [String]
        /// The values it may have; empty if it is free.
        let choices: [ArgumentValue]
        let isRequired: Bool
        let description: String
    }

    let name: String
    /// Its name as ``WrittenCalls/plain(_:)`` has it.
    let plainName: String
    let description: String
    let parameters: [Parameter]
    /// Whether arguments that are not declared are allowed.
    let isOpen: Bool

    init(_ tool: ToolDefinition) {
        name = tool.name
        plainName = WrittenCalls.plain(tool.name)
        description = tool.description ?? ""
        guard case .object(let schema)? = LiteralReader.value(of: tool.parameters) else {
            (parameters, isOpen) = ([], true)
            return
        }
        let required = Self.texts(Self.member("required", of: schema))
        guard case .object(let properties)? = Self.member("properties", of: schema) else {
            (parameters, isOpen) = ([], !schema.isEmpty)
            return
        }
        parameters = properties.map { property in
            guard case .object(let members) = property.value else {
                return Parameter(
                    name: property.name, types: [], choices: [], isRequired: required.contains(property.name),
                    description: "")
            }
            var choices: [ArgumentValue] = []
            if case .list(let listed)? = Self.member("enum", of: members) { choices = listed }
            return Parameter(
                name: property.name, types: Self.texts(Self.member("type", of: members)), choices: choices,
                isRequired: required.contains(property.name),
                description: Self.texts(Self.member("description", of: members)).first ?? "")
        }
        switch Self.member("additionalProperties", of: schema) {
        case .truth(true)?, .object?: isOpen = true
        default: isOpen = Self.member("patternProperties", of: schema) != nil
        }
    }

    private static func member(_ name: String, of members: [ArgumentValue.Member]) -> ArgumentValue? {
        members.last { $0.name == name }?.value
    }

    private static func texts(_ value: ArgumentValue?) -> [String] {
        switch value {
        case .text(let text)?: [text]
        case .list(let listed)?: listed.compactMap { if case .text(let text) = $0 { text } else { nil } }
        default: []
        }
    }

    subscript(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
}

extension [ToolDeclaration] {
    /// The tool of a call, its name written as providers allow.
    func named(_ name: String) -> ToolDeclaration? {
        if let tool = first(where: { $0.name == name }) { return tool }
        let plain = WrittenCalls.plain(name)
        return first { $0.plainName == plain }
    }
}
