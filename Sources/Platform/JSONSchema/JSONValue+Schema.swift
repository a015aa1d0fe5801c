internal import JSON

extension JSONValue {
    /// The number without loss; nil if this is none.
    var decimal: ExactDecimal? { isNumber ? ExactDecimal(raw) : nil }

    /// The texts of a list of texts.
    var texts: [String] { elements?.compactMap(\.string) ?? [] }

    /// The name of its type in a schema; every number is `number`.
    var typeName: String {
        if isObject { return "object" }
        if isArray { return "array" }
        if isString { return "string" }
        if isNumber { return "number" }
        return isNull ? "null" : "boolean"
    }

    /// Whether both say the same: members in any order, numbers by value, text by code point.
    func equals(_ other: JSONValue) -> Bool {
        guard typeName == other.typeName else { return false }
        if let decimal { return decimal == other.decimal }
        if let bool { return bool == other.bool }
        if let string { return string.unicodeScalars.elementsEqual((other.string ?? "").unicodeScalars) }
        if let elements {
            let (own, others) = (Array(elements), other.elements.map(Array.init) ?? [])
            return own.count == others.count && zip(own, others).allSatisfy { $0.equals($1) }
        }
        guard let members else { return true }
        let (own, others) = (Array(members), other.members.map(Array.init) ?? [])
        guard own.count == others.count else { return false }
        let named = Dictionary(others.map { ($0.name, $0.value) }) { $1 }
        return own.allSatisfy { member in named[member.name].map { member.value.equals($0) } ?? false }
    }
}
