package import Dialogue
package import JSON

/// A tool of a recording as a client has to send it to a provider: recordings have names with dots and Python's names of types.
package enum RecordedTool {
    private static let jsonTypes = [
        "dict": "object", "float": "number", "tuple": "array", "list": "array", "int": "integer", "str": "string",
        "bool": "boolean",
    ]

    /// The name as providers accept it: letters, digits, `_` and `-`.
    package static func providerName(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    }

    /// Reads `{"name", "description", "parameters" or "input_schema"}`, or that in `function`; nil without a name.
    package static func definition(_ listed: JSONValue) -> ToolDefinition? {
        let tool = listed["function"] ?? listed
        guard let name = tool["name"]?.string else { return nil }
        let parameters = tool["parameters"] ?? tool["input_schema"]
        return ToolDefinition(
            name: providerName(name), description: tool["description"]?.string,
            parameters: parameters.map(schema) ?? Array("{}".utf8))
    }

    /// A schema without spaces, its types as JSON Schema has them; a type that may be anything is left out.
    private static func schema(_ value: JSONValue) -> [UInt8] {
        var json = JSONWriter(capacity: value.raw.count)
        write(value, to: &json)
        return json.bytes
    }

    private static func write(_ value: JSONValue, to json: inout JSONWriter) {
        if let members = value.members {
            json.object { json in
                for member in members {
                    if member.name == "type", let type = member.value.string {
                        if type == "any" { continue }
                        json.member("type", jsonTypes[type] ?? type)
                    } else {
                        json.key(named: member.name)
                        write(member.value, to: &json)
                    }
                }
            }
        } else if let elements = value.elements {
            json.array { json in
                for element in elements { write(element, to: &json) }
            }
        } else if let text = value.string {
            json.string(text)
        } else {
            json.value(value)
        }
    }
}
