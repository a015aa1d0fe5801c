internal import JSON

extension Evaluation {
    /// Applies schemas to the members of an object.
    mutating func holdsMembers(
        _ node: Subschema, _ value: JSONValue, _ scope: [Int], _ seen: inout Evaluated, _ tells: Bool
    ) throws(Unclear) -> Bool {
        guard let members = value.members.map(Array.init) else { return true }
        var allHold = true
        var own: Set<String> = []
        for member in members {
            var schemas = node.properties[member.name].map { [$0] } ?? []
            for (pattern, schema) in node.patternProperties {
                guard let matches = pattern.matches(member.name) else {
                    throw Unclear(reason: "a pattern takes too long")
                }
                if matches { schemas.append(schema) }
            }
            if schemas.isEmpty, let rest = node.additionalProperties {
                schemas = [rest]
                seen.allMembers = true
            } else if !schemas.isEmpty {
                own.insert(member.name)
            }
            for schema in schemas where try !holdsPart(schema, member.value, member.name, scope, tells) {
                allHold = false
                if !tells { return false }
            }
        }
        if node.additionalProperties != nil { seen.allMembers = true }
        seen.members.formUnion(own)
        if let names = node.propertyNames {
            for member in members {
                guard let name = try? JSONDocument.parse(Self.quoted(member.name)) else { continue }
                var unused = Evaluated()
                guard try holds(names, name.root, scope: scope, &unused, tells: false) else {
                    return tell(tells, "propertyNames", "has a member with a name that is not allowed")
                }
            }
        }
        let names = Set(members.map(\.name))
        for (name, schema) in node.dependentSchemas where names.contains(name) {
            guard try holds(schema, value, scope: scope, &seen, tells: tells) else { return false }
        }
        if let rest = node.unevaluatedProperties, !seen.allMembers {
            for member in members where !seen.members.contains(member.name) {
                guard try holdsPart(rest, member.value, member.name, scope, tells) else { return false }
            }
            seen.allMembers = true
        }
        return allHold
    }

    /// Applies schemas to the elements of a list.
    mutating func holdsElements(
        _ node: Subschema, _ value: JSONValue, _ scope: [Int], _ seen: inout Evaluated, _ tells: Bool
    ) throws(Unclear) -> Bool {
        guard let elements = value.elements.map(Array.init) else { return true }
        let start = min(node.prefixItems.count, elements.count)
        for place in 0..<start {
            guard try holdsPart(node.prefixItems[place], elements[place], "\(place)", scope, tells) else {
                return false
            }
        }
        seen.prefix = max(seen.prefix, start)
        if let items = node.items {
            for place in start..<elements.count {
                guard try holdsPart(items, elements[place], "\(place)", scope, tells) else { return false }
            }
            seen.allElements = true
        }
        if let contains = node.contains {
            var found: [Int] = []
            for place in elements.indices where try holdsPart(contains, elements[place], "\(place)", scope, false) {
                found.append(place)
            }
            seen.elements.formUnion(found)
            guard found.count >= node.leastContained, found.count <= node.mostContained ?? .max else {
                return tell(tells, "contains", "has \(found.count) elements of the form of which it needs others")
            }
        }
        if let rest = node.unevaluatedItems, !seen.allElements {
            for place in elements.indices where place >= seen.prefix && !seen.elements.contains(place) {
                guard try holdsPart(rest, elements[place], "\(place)", scope, tells) else { return false }
            }
            seen.allElements = true
        }
        return true
    }

    private mutating func holdsPart(
        _ schema: Int, _ value: JSONValue, _ name: String, _ scope: [Int], _ tells: Bool
    ) throws(Unclear) -> Bool {
        path.append(name)
        defer { path.removeLast() }
        var unused = Evaluated()
        return try holds(schema, value, scope: scope, &unused, tells: tells)
    }

    /// A name as a document of its own.
    private static func quoted(_ name: String) -> [UInt8] {
        var json = JSONWriter()
        json.string(name)
        return json.bytes
    }
}
