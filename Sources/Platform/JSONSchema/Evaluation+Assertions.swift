internal import JSON

extension Evaluation {
    mutating func holdsAssertions(_ node: Subschema, _ value: JSONValue, _ tells: Bool) throws(Unclear) -> Bool {
        if !node.types.isEmpty, !node.types.contains(where: value.isOf) {
            return tell(tells, "type", "is \(value.described), not of type \(node.types.joined(separator: " or "))")
        }
        if let choices = node.choices {
            try spend(choices.count)
            guard choices.contains(where: { $0.equals(value) }) else {
                return tell(tells, "enum", "is none of the \(choices.count) values it may be")
            }
        }
        if let number = value.decimal { return holdsNumber(node, number, tells) }
        if let text = value.string { return try holdsText(node, text, tells) }
        if let elements = value.elements { return try holdsList(node, Array(elements), tells) }
        guard let members = value.members else { return true }
        return holdsObject(node, Set(members.map(\.name)), tells)
    }

    private mutating func holdsNumber(_ node: Subschema, _ number: ExactDecimal, _ tells: Bool) -> Bool {
        if let divisor = node.multipleOf, !number.isMultiple(of: divisor) {
            return tell(tells, "multipleOf", "is no multiple of what it should be")
        }
        guard let broken = node.bounds.first(where: { !$0.holds(number) }) else { return true }
        let isLeast = broken.kind == .minimum || broken.kind == .exclusiveMinimum
        return tell(tells, broken.kind.rawValue, isLeast ? "is too small" : "is too large")
    }

    private mutating func holdsText(_ node: Subschema, _ text: String, _ tells: Bool) throws(Unclear) -> Bool {
        if !node.limits.isEmpty {
            let length = text.unicodeScalars.count
            guard holds(node, [.minLength, .maxLength], length, tells, "has \(length) characters") else { return false }
        }
        guard let pattern = node.pattern else { return true }
        guard let matches = pattern.matches(text) else { throw Unclear(reason: "a pattern takes too long") }
        return matches || tell(tells, "pattern", "does not match the pattern")
    }

    private mutating func holdsList(_ node: Subschema, _ elements: [JSONValue], _ tells: Bool) throws(Unclear) -> Bool {
        guard holds(node, [.minItems, .maxItems], elements.count, tells, "has \(elements.count) elements") else {
            return false
        }
        guard node.uniqueItems else { return true }
        for (place, element) in elements.enumerated() {
            try spend(place + 1)
            if elements[..<place].contains(where: { $0.equals(element) }) {
                return tell(tells, "uniqueItems", "has an element twice")
            }
        }
        return true
    }

    private mutating func holdsObject(_ node: Subschema, _ names: Set<String>, _ tells: Bool) -> Bool {
        guard holds(node, [.minProperties, .maxProperties], names.count, tells, "has \(names.count) members") else {
            return false
        }
        let missing = node.required.filter { !names.contains($0) }
        for name in missing { _ = tell(tells, "required", "lacks `\(name)`") }
        for (name, needs) in node.dependentRequired where names.contains(name) {
            for need in needs where !names.contains(need) {
                return tell(tells, "dependentRequired", "has `\(name)` and lacks `\(need)`")
            }
        }
        return missing.isEmpty
    }

    private mutating func holds(
        _ node: Subschema, _ kinds: [Subschema.Limit.Kind], _ count: Int, _ tells: Bool, _ message: String
    ) -> Bool {
        guard let broken = node.limits.first(where: { kinds.contains($0.kind) && !$0.holds(count) }) else {
            return true
        }
        let wanted = broken.kind.rawValue.hasPrefix("min") ? "at least" : "at most"
        return tell(tells, broken.kind.rawValue, "\(message), should have \(wanted) \(broken.count)")
    }
}

extension JSONValue {
    fileprivate func isOf(type: String) -> Bool {
        type == typeName || type == "integer" && decimal?.isInteger == true
    }

    fileprivate var described: String {
        switch typeName {
        case "object": "an object"
        case "array": "a list"
        case "string": "text"
        case "number": "a number"
        case "null": "null"
        default: "true or false"
        }
    }
}
