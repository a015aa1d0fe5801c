internal import JSON

/// Reads schemas and what they refer to into a list of subschemas.
struct SchemaCompiler {
    /// A schema with a URI of its own.
    struct Resource {
        let uri: String
        let root: Place
        let dialect: Schema.Dialect
        /// Whether the validation keywords are part of its vocabulary.
        let validates: Bool
        var anchors: [String: Place] = [:]
        var dynamicAnchors: [String: Place] = [:]
        var compiledAnchors: [String: Int] = [:]
    }

    /// A value of a document.
    struct Place {
        let document: Int
        let value: JSONValue

        var key: Key { Key(document: document, offset: value.range.lowerBound) }
        func inside(_ value: JSONValue) -> Place { Place(document: document, value: value) }
    }

    struct Key: Hashable {
        let document: Int
        let offset: Int
    }

    private let documents: [String: [UInt8]]
    private let dialect: Schema.Dialect
    private var documentCount = 0
    private(set) var resources: [Resource] = []
    private var byURI: [String: Int] = [:]
    private var homes: [Key: Int] = [:]
    private var compiled: [Key: Int] = [:]
    private(set) var subschemas: [Subschema] = []
    private var depth = 0

    private static let deepest = 200
    private static let types: Set<String> = ["null", "boolean", "object", "array", "number", "string", "integer"]
    private static let own = "urn:farthing:schema"

    init(documents: [String: [UInt8]], dialect: Schema.Dialect) {
        self.documents = documents
        self.dialect = dialect
    }

    mutating func compileRoot(_ schema: JSONValue) throws(SchemaError) -> Int {
        let resource = try add(schema, uri: Self.own, dialect)
        let root = try compile(resources[resource].root, in: resource)
        var next = 0
        // What is compiled may bring further resources with it.
        while next < resources.count {
            for (name, place) in resources[next].dynamicAnchors {
                let home = homes[place.key] ?? next
                resources[next].compiledAnchors[name] = try compile(place, in: home)
            }
            next += 1
        }
        return root
    }

    // MARK: Resources

    private mutating func add(
        _ value: JSONValue, uri: String, _ usual: Schema.Dialect
    ) throws(SchemaError) -> Int {
        let place = Place(document: documentCount, value: value)
        documentCount += 1
        let dialect = Self.dialect(of: value, usual)
        var own = uri
        if let id = value["$id"]?.string, !(dialect == .draft7 && value["$ref"] != nil) {
            own = URIReference.resolve(id, from: uri)
        }
        own = URIReference.withoutFragment(own)
        let index = resources.count
        resources.append(
            Resource(uri: own, root: place, dialect: dialect, validates: try validates(value)))
        byURI[own] = index
        byURI[URIReference.withoutFragment(uri)] = index
        try note(place, in: index, isRoot: true)
        return index
    }

    private static func dialect(of value: JSONValue, _ usual: Schema.Dialect) -> Schema.Dialect {
        guard let named = value["$schema"]?.string else { return usual }
        if named.contains("draft-0") { return .draft7 }
        return named.contains("2020-12") || named.contains("2019-09") ? .draft2020 : usual
    }

    /// Whether a schema's own metaschema, where it is known, has the vocabulary of validation.
    private func validates(_ value: JSONValue) throws(SchemaError) -> Bool {
        guard let named = value["$schema"]?.string, let bytes = documents[URIReference.withoutFragment(named)],
            let vocabulary = (try? JSONDocument.parse(bytes))?.root["$vocabulary"], vocabulary.isObject
        else { return true }
        return vocabulary[member: "https://json-schema.org/draft/2020-12/vocab/validation"] != nil
    }

    private static let single: Set<String> = [
        "additionalProperties", "additionalItems", "contains", "propertyNames", "not", "if", "then", "else",
        "unevaluatedItems", "unevaluatedProperties", "items", "contentSchema",
    ]
    private static let lists: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems", "items"]
    private static let maps: Set<String> = [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
    ]

    /// Notes to which resource each subschema belongs, and the anchors of each resource.
    private mutating func note(_ place: Place, in parent: Int, isRoot: Bool = false) throws(SchemaError) {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw .tooDeep }
        guard let members = place.value.members else {
            homes[place.key] = parent
            return
        }
        let home = enter(place, parent, isRoot)
        homes[place.key] = home
        if resources[home].dialect == .draft2020 {
            if let anchor = place.value["$anchor"]?.string { resources[home].anchors[anchor] = place }
            if let anchor = place.value["$dynamicAnchor"]?.string {
                resources[home].anchors[anchor] = place
                resources[home].dynamicAnchors[anchor] = place
            }
        }
        for member in members {
            let value = member.value
            if Self.single.contains(member.name), !value.isArray {
                try note(place.inside(value), in: home)
            } else if Self.lists.contains(member.name), let elements = value.elements {
                for element in elements { try note(place.inside(element), in: home) }
            } else if Self.maps.contains(member.name), let entries = value.members {
                for entry in entries where !entry.value.isArray { try note(place.inside(entry.value), in: home) }
            }
        }
    }

    /// The resource that a subschema is in: a new one if it has a URI of its own.
    private mutating func enter(_ place: Place, _ parent: Int, _ isRoot: Bool) -> Int {
        let isOld = resources[parent].dialect == .draft7
        guard let id = place.value["$id"]?.string, !(isOld && place.value["$ref"] != nil) else { return parent }
        if isOld, isRoot || id.hasPrefix("#") {
            let anchor = URIReference.fragment(of: id)
            if !anchor.isEmpty { resources[parent].anchors[anchor] = place }
            return parent
        }
        guard !isRoot else { return parent }
        let uri = URIReference.resolve(id, from: resources[parent].uri)
        let home = resources.count
        resources.append(
            Resource(
                uri: URIReference.withoutFragment(uri), root: place,
                dialect: Self.dialect(of: place.value, resources[parent].dialect),
                validates: resources[parent].validates))
        byURI[URIReference.withoutFragment(uri)] = home
        let anchor = URIReference.fragment(of: uri)
        if isOld, !anchor.isEmpty { resources[home].anchors[anchor] = place }
        return home
    }

    // MARK: References

    private mutating func resource(_ uri: String) throws(SchemaError) -> Int {
        let name = URIReference.withoutFragment(uri)
        if let known = byURI[name] { return known }
        guard let bytes = documents[name], let document = try? JSONDocument.parse(bytes) else {
            throw .unresolved(name)
        }
        return try add(document.root, uri: name, dialect)
    }

    private mutating func target(
        of reference: String, from home: Int
    ) throws(SchemaError) -> (place: Place, home: Int, anchor: String?) {
        let uri = URIReference.resolve(reference, from: resources[home].uri)
        let found = try resource(uri)
        let fragment = URIReference.fragment(of: uri)
        if fragment.isEmpty { return (resources[found].root, found, nil) }
        guard fragment.hasPrefix("/") else {
            guard let place = resources[found].anchors[fragment] else { throw .unresolved(uri) }
            return (place, homes[place.key] ?? found, fragment)
        }
        var (place, home) = (resources[found].root, found)
        for step in fragment.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(step).replacing("~1", with: "/").replacing("~0", with: "~")
            if let elements = place.value.elements, let index = Int(name),
                let element = elements.enumerated().first(where: { $0.offset == index })?.element
            {
                place = place.inside(element)
            } else if let value = place.value[member: name] {
                place = place.inside(value)
            } else {
                throw .unresolved(uri)
            }
            if let known = homes[place.key] {
                home = known
            } else if place.value.isObject {
                // A schema where no keyword expects one.
                try note(place, in: home)
                home = homes[place.key] ?? home
            }
        }
        return (place, home, nil)
    }

    // MARK: Subschemas

    /// The place of a subschema in the list, compiled if it was not yet.
    private mutating func compile(_ place: Place, in home: Int) throws(SchemaError) -> Int {
        if let known = compiled[place.key] { return known }
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw .tooDeep }
        let home = homes[place.key] ?? home
        let node = Subschema(resource: home)
        let index = subschemas.count
        compiled[place.key] = index
        subschemas.append(node)
        if let constant = place.value.bool {
            node.constant = constant
            return index
        }
        guard place.value.isObject else { throw .malformed(keyword: "schema") }
        if let reference = place.value["$ref"]?.string {
            let target = try target(of: reference, from: home)
            node.reference = try compile(target.place, in: target.home)
            if resources[home].dialect == .draft7 { return index }
        }
        if let reference = place.value["$dynamicRef"]?.string, resources[home].dialect == .draft2020 {
            let target = try target(of: reference, from: home)
            let anchor = target.anchor.flatMap { resources[target.home].dynamicAnchors[$0] == nil ? nil : $0 }
            node.dynamicReference = .init(target: try compile(target.place, in: target.home), anchor: anchor)
        }
        if resources[home].validates { try readAssertions(of: place.value, into: node) }
        try readCombinations(of: place, into: node)
        try readMembers(of: place, into: node)
        try readElements(of: place, into: node)
        return index
    }

    private func readAssertions(of value: JSONValue, into node: Subschema) throws(SchemaError) {
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

    private mutating func readCombinations(of place: Place, into node: Subschema) throws(SchemaError) {
        node.allOf = try schemas("allOf", of: place, node.resource)
        node.anyOf = try schemas("anyOf", of: place, node.resource)
        node.oneOf = try schemas("oneOf", of: place, node.resource)
        node.not = try schema("not", of: place, node.resource)
        node.condition = try schema("if", of: place, node.resource)
        node.then = try schema("then", of: place, node.resource)
        node.otherwise = try schema("else", of: place, node.resource)
    }

    private mutating func readMembers(of place: Place, into node: Subschema) throws(SchemaError) {
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

    private mutating func readElements(of place: Place, into node: Subschema) throws(SchemaError) {
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

    private mutating func schema(_ keyword: String, of place: Place, _ home: Int) throws(SchemaError) -> Int? {
        guard let value = place.value[member: keyword] else { return nil }
        return try compile(place.inside(value), in: home)
    }

    private mutating func schemas(_ keyword: String, of place: Place, _ home: Int) throws(SchemaError) -> [Int] {
        var found: [Int] = []
        for element in place.value[member: keyword]?.elements.map(Array.init) ?? [] {
            found.append(try compile(place.inside(element), in: home))
        }
        return found
    }
}
