internal import JSON

/// The keywords of a subschema.
extension SchemaCompiler {
    private static let types: Set<String> = ["null", "boolean", "object", "array", "number", "string", "integer"]

    func readAssertions(of value: JSONValue, into node: Subschema) throws(SchemaError) {
        if let type = value["type"] {
            node.types = type.string.map { [$0] } ?? type.texts
            if node.types.isEmpty || !Self.types.isSuperset(of: node.types) { throw .malformed(keyword: "type") }
        }
        if let choices = value["enum"]?.elements { node.choices = Array(choices) }
        if let constant = value["const"] { node.choices = (node.choices ?? [constant]).filter { $0.equals(constant) } }
        node.multipleOf = value["multipleOf"]?.decimal
        node.bounds = Subschema.Bound.Kind.allCases.compactMap { kind in
            value[member: kind.rawValue]?.decimal.map { Subschema.Bound(kind: kind, value: $0) }
        }
        node.limits = Subschema.Limit.Kind.allCases.compactMap { kind in
            value[member: kind.rawValue]?.decimal?.count.map { Subschema.Limit(kind: kind, count: $0) }
        }
        if let text = value["pattern"]?.string {
            guard let pattern = SchemaPattern(text) else { throw .malformed(keyword: "pattern") }
            node.pattern = pattern
        }
        node.uniqueItems = value["uniqueItems"]?.bool ?? false
        node.required = value["required"]?.texts ?? []
        for member in value["dependentRequired"]?.members.map(Array.init) ?? [] {
            node.dependentRequired.append((member.name, member.value.texts))
        }
        node.leastContained = value["minContains"]?.decimal?.count ?? 1
        node.mostContained = value["maxContains"]?.decimal?.count
    }

    mutating func readCombinations(of place: SchemaPlace, into node: Subschema) throws(SchemaError) {
        node.allOf = try schemas("allOf", of: place, node.resource)
        node.anyOf = try schemas("anyOf", of: place, node.resource)
        node.oneOf = try schemas("oneOf", of: place, node.resource)
        node.not = try schema("not", of: place, node.resource)
        node.condition = try schema("if", of: place, node.resource)
        node.then = try schema("then", of: place, node.resource)
        node.otherwise = try schema("else", of: place, node.resource)
    }

    mutating func readMembers(of place: SchemaPlace, into node: Subschema) throws(SchemaError) {
        for member in place.value["properties"]?.members.map(Array.init) ?? [] {
            node.properties[member.name] = try compile(place.inside(member.value), in: node.resource)
        }
        for member in place.value["patternProperties"]?.members.map(Array.init) ?? [] {
            guard let pattern = SchemaPattern(member.name) else { throw .malformed(keyword: "patternProperties") }
            node.patternProperties.append((pattern, try compile(place.inside(member.value), in: node.resource)))
        }
        node.additionalProperties = try schema("additionalProperties", of: place, node.resource)
        node.propertyNames = try schema("propertyNames", of: place, node.resource)
        for member in place.value["dependentSchemas"]?.members.map(Array.init) ?? [] {
            node.dependentSchemas.append((member.name, try compile(place.inside(member.value), in: node.resource)))
        }
        if resources[node.resource].dialect == .draft7 {
            for member in place.value["dependencies"]?.members.map(Array.init) ?? [] {
                if member.value.isArray {
                    node.dependentRequired.append((member.name, member.value.texts))
                } else {
                    node.dependentSchemas.append(
                        (member.name, try compile(place.inside(member.value), in: node.resource)))
                }
            }
        } else {
            node.unevaluatedProperties = try schema("unevaluatedProperties", of: place, node.resource)
        }
    }

    mutating func readElements(of place: SchemaPlace, into node: Subschema) throws(SchemaError) {
        let isOld = resources[node.resource].dialect == .draft7
        // Draft-07 spells a tuple as a list of `items`, and what follows it as `additionalItems`.
        let isTuple = isOld && place.value["items"]?.isArray == true
        node.prefixItems = try schemas(isTuple ? "items" : isOld ? "" : "prefixItems", of: place, node.resource)
        node.items = try schema(isTuple ? "additionalItems" : "items", of: place, node.resource)
        node.contains = try schema("contains", of: place, node.resource)
        if isOld {
            (node.leastContained, node.mostContained) = (1, nil)
        } else {
            node.unevaluatedItems = try schema("unevaluatedItems", of: place, node.resource)
        }
    }

    private mutating func schema(_ keyword: String, of place: SchemaPlace, _ home: Int) throws(SchemaError) -> Int? {
        guard let value = place.value[member: keyword] else { return nil }
        return try compile(place.inside(value), in: home)
    }

    private mutating func schemas(_ keyword: String, of place: SchemaPlace, _ home: Int) throws(SchemaError) -> [Int] {
        var found: [Int] = []
        for element in place.value[member: keyword]?.elements.map(Array.init) ?? [] {
            found.append(try compile(place.inside(element), in: home))
        }
        return found
    }
}
