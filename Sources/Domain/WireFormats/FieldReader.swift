import Dialogue
import Glibc
import JSON

/// Reads typed fields, and words its complaints as the format's users know them.
struct FieldReader {
    let format: WireFormat

    func failure(_ path: String, _ openai: String, _ anthropic: String, code: String? = nil) -> APIFailure {
        APIFailure(
            .invalidRequest, status: 400, message: format == .openai ? openai : "\(path): \(anthropic)",
            parameter: path,
            code: code)
    }

    func missing(_ path: String) -> APIFailure {
        failure(path, "Missing required parameter: '\(path)'.", "Field required", code: "missing_required_parameter")
    }

    func wrongType(_ path: String, expected: String) -> APIFailure {
        failure(
            path, "Invalid type for '\(path)': expected \(expected).", "Input should be \(expected)",
            code: "invalid_type")
    }

    func invalid(_ path: String, expected: String) -> APIFailure {
        failure(
            path, "Invalid value for '\(path)': expected \(expected).", "Input should be \(expected)",
            code: "invalid_value")
    }

    func string(
        _ object: JSONValue, _ name: StaticString, in path: @autoclosure () -> String = ""
    ) throws(APIFailure) -> String? {
        guard let value = object.present(name) else { return nil }
        guard let text = value.string else { throw wrongType("\(path())\(name)", expected: "a string") }
        return text
    }

    func required(
        _ object: JSONValue, _ name: StaticString, in path: @autoclosure () -> String = ""
    ) throws(APIFailure) -> String {
        guard let text = try string(object, name, in: path()) else { throw missing("\(path())\(name)") }
        return text
    }

    func bool(
        _ object: JSONValue, _ name: StaticString, in path: @autoclosure () -> String = ""
    ) throws(APIFailure) -> Bool? {
        guard let value = object.present(name) else { return nil }
        guard let flag = value.bool else { throw wrongType("\(path())\(name)", expected: "a boolean") }
        return flag
    }

    func int(
        _ object: JSONValue, _ name: StaticString, in path: @autoclosure () -> String = ""
    ) throws(APIFailure) -> Int? {
        guard let value = object.present(name) else { return nil }
        if let number = value.int { return number }
        if let number = value.double, let exact = Int(exactly: number) { return exact }
        throw wrongType("\(path())\(name)", expected: "an integer")
    }

    func number(_ object: JSONValue, _ name: StaticString) throws(APIFailure) -> Double? {
        guard let value = object.present(name) else { return nil }
        guard let number = value.double else { throw wrongType("\(name)", expected: "a number") }
        return number
    }

    func object(
        _ parent: JSONValue, _ name: StaticString, in path: @autoclosure () -> String = ""
    ) throws(APIFailure) -> JSONValue? {
        guard let value = parent.present(name) else { return nil }
        guard value.isObject else { throw wrongType("\(path())\(name)", expected: "an object") }
        return value
    }

    func array(
        _ parent: JSONValue, _ name: StaticString, in path: @autoclosure () -> String = ""
    ) throws(APIFailure) -> JSONElements? {
        guard let value = parent.present(name) else { return nil }
        guard let elements = value.elements else { throw wrongType("\(path())\(name)", expected: "an array") }
        return elements
    }

    /// The turns' array: present, and not empty.
    func turns(_ root: JSONValue) throws(APIFailure) -> JSONElements {
        guard let elements = try array(root, "messages") else { throw missing("messages") }
        guard elements.count > 0 else {
            throw failure(
                "messages",
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
                "at least one message is required", code: "empty_array")
        }
        return elements
    }

    func strings(_ elements: JSONElements, at path: String) throws(APIFailure) -> [String] {
        var found: [String] = []
        for element in elements {
            guard let text = element.string else { throw wrongType("\(path)[\(found.count)]", expected: "a string") }
            found.append(text)
        }
        return found
    }

    /// Notes the members of `object` that have no neutral meaning and are not null.
    func collect(
        _ object: JSONValue, except known: [StaticString], in path: @autoclosure () -> String = "",
        into extras: inout [ExtraField]
    ) {
        guard let members = object.members else { return }
        for member in members where !member.isNamed(oneOf: known) && !member.value.isNull {
            extras.append(ExtraField(path: path() + member.name, json: Array(member.value.raw)))
        }
    }
}

extension JSONValue {
    /// The member unless it is missing or null.
    func present(_ name: StaticString) -> JSONValue? {
        guard let value = self[name], !value.isNull else { return nil }
        return value
    }

    /// A provider's token count, bounded so that sums cannot overflow.
    func tokens(_ name: StaticString) -> Int? {
        guard let value = self[name], let number = value.int else { return nil }
        return min(max(0, number), 1 << 40)
    }
}
