internal import JSON

/// Compiles a schema and what it refers to into a list of subschemas.
struct SchemaCompiler {
    static let deepest = 200

    private(set) var resources: SchemaResources
    private(set) var subschemas: [Subschema] = []
    private var compiled: [SchemaPlace.Key: Int] = [:]
    private var depth = 0

    init(documents: [String: [UInt8]], dialect: Schema.Dialect) {
        resources = SchemaResources(documents: documents, dialect: dialect)
    }

    /// The place of the root in the list, and by resource what its dynamic anchors name.
    mutating func compileRoot(
        _ schema: JSONValue
    ) throws(SchemaError) -> (root: Int, dynamicAnchors: [[String: Int]]) {
        let resource = try resources.add(schema, uri: "urn:farthing:schema")
        let root = try compile(resources[resource].root, in: resource)
        var anchors: [[String: Int]] = []
        // What is compiled may bring further resources with it.
        while anchors.count < resources.indices.count {
            let home = anchors.count
            var named: [String: Int] = [:]
            for (name, place) in resources[home].dynamicAnchors { named[name] = try compile(place, in: home) }
            anchors.append(named)
        }
        return (root, anchors)
    }

    /// The place of a subschema in the list, compiled if it was not yet.
    mutating func compile(_ place: SchemaPlace, in home: Int) throws(SchemaError) -> Int {
        if let known = compiled[place.key] { return known }
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw .tooDeep }
        let home = resources.home(of: place) ?? home
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
            let target = try resources.target(of: reference, from: home)
            node.reference = try compile(target.place, in: target.home)
            if resources[home].dialect == .draft7 { return index }
        }
        if let reference = place.value["$dynamicRef"]?.string, resources[home].dialect == .draft2020 {
            let target = try resources.target(of: reference, from: home)
            let anchor = target.anchor.flatMap { resources[target.home].dynamicAnchors[$0] == nil ? nil : $0 }
            node.dynamicReference = .init(target: try compile(target.place, in: target.home), anchor: anchor)
        }
        if resources[home].validates { try readAssertions(of: place.value, into: node) }
        try readCombinations(of: place, into: node)
        try readMembers(of: place, into: node)
        try readElements(of: place, into: node)
        return index
    }
}
