/// The value of an argument, as a model wrote it: in JSON, or as a literal of Python.
package indirect enum ArgumentValue: Hashable, Sendable {
    case text(String)
    case number(Double)
    case truth(Bool)
    case null
    case list([ArgumentValue])
    case object([Member])
    /// What is neither: a name, a formula, a call.
    case expression(String)

    /// A named value.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: ArgumentValue
    }

    /// Whether it is of a type by the name that JSON Schema, or Python, has for it; true for a name of neither.
    func isOf(type: String) -> Bool {
        switch (type, self) {
        case ("string", .text), ("str", .text), ("boolean", .truth), ("bool", .truth), ("null", .null),
            ("array", .list), ("list", .list), ("tuple", .list), ("object", .object), ("dict", .object),
            ("number", .number), ("float", .number):
            true
        case ("integer", .number(let value)), ("int", .number(let value)): value == value.rounded()
        case ("string", _), ("str", _), ("boolean", _), ("bool", _), ("null", _), ("array", _), ("list", _),
            ("tuple", _), ("object", _), ("dict", _), ("number", _), ("float", _), ("integer", _), ("int", _):
            false
        default: true
        }
    }

    /// What it is, for a reason.
    var kind: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .truth: "true or false"
        case .null: "null"
        case .list: "a list"
        case .object: "an object"
        case .expression: "no value"
        }
    }

    /// The texts and numbers in it, however deep.
    func visitLeaves(_ visit: (ArgumentValue) -> Void) {
        switch self {
        case .list(let elements): for element in elements { element.visitLeaves(visit) }
        case .object(let members): for member in members { member.value.visitLeaves(visit) }
        default: visit(self)
        }
    }
}
