internal import JSON

/// The documents of a schema and of what it refers to, by URI, and to which resource each of their subschemas belongs.
struct SchemaResources {
    private let documents: [String: [UInt8]]
    private let dialect: Schema.Dialect
    private var documentCount = 0
    private var all: [SchemaResource] = []
    private var byURI: [String: Int] = [:]
    private var homes: [SchemaPlace.Key: Int] = [:]
    private var depth = 0

    init(documents: [String: [UInt8]], dialect: Schema.Dialect) {
        self.documents = documents
        self.dialect = dialect
    }

    var indices: Range<Int> { all.indices }

    subscript(index: Int) -> SchemaResource { all[index] }

    /// The resource to which a subschema belongs; nil if none is known there.
    func home(of place: SchemaPlace) -> Int? { homes[place.key] }

    /// Takes in a document with all that has a URI of its own in it; returns the place of its root in the list.
    mutating func add(_ value: JSONValue, uri: String) throws(SchemaError) -> Int {
        let place = SchemaPlace(document: documentCount, value: value)
        documentCount += 1
        let dialect = Self.dialect(of: value, self.dialect)
        var own = uri
        if let id = value["$id"]?.string, !(dialect == .draft7 && value["$ref"] != nil) {
            own = URIReference.resolve(id, from: uri)
        }
        own = URIReference.withoutFragment(own)
        let index = all.count
        all.append(SchemaResource(uri: own, root: place, dialect: dialect, validates: try validates(value)))
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

    // MARK: Subschemas

    private static let single: Set<String> = [
        "additionalProperties", "additionalItems", "contains", "propertyNames", "not", "if", "then", "else",
        "unevaluatedItems", "unevaluatedProperties", "items", "contentSchema",
    ]
    private static let lists: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems", "items"]
    private static let maps: Set<String> = [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
    ]

    /// Notes to which resource each subschema belongs, and the anchors of each resource.
    private mutating func note(_ place: SchemaPlace, in parent: Int, isRoot: Bool = false) throws(SchemaError) {
        depth += 1
        defer { depth -= 1 }
        guard depth < SchemaCompiler.deepest else { throw .tooDeep }
        guard let members = place.value.members else {
            homes[place.key] = parent
            return
        }
        let home = enter(place, parent, isRoot)
        homes[place.key] = home
        if all[home].dialect == .draft2020 {
            if let anchor = place.value["$anchor"]?.string { all[home].anchors[anchor] = place }
            if let anchor = place.value["$dynamicAnchor"]?.string {
                all[home].anchors[anchor] = place
                all[home].dynamicAnchors[anchor] = place
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
    private mutating func enter(_ place: SchemaPlace, _ parent: Int, _ isRoot: Bool) -> Int {
        let isOld = all[parent].dialect == .draft7
        guard let id = place.value["$id"]?.string, !(isOld && place.value["$ref"] != nil) else { return parent }
        if isOld, isRoot || id.hasPrefix("#") {
            let anchor = URIReference.fragment(of: id)
            if !anchor.isEmpty { all[parent].anchors[anchor] = place }
            return parent
        }
        guard !isRoot else { return parent }
        let uri = URIReference.resolve(id, from: all[parent].uri)
        let home = all.count
        all.append(
            SchemaResource(
                uri: URIReference.withoutFragment(uri), root: place,
                dialect: Self.dialect(of: place.value, all[parent].dialect),
                validates: all[parent].validates))
        byURI[URIReference.withoutFragment(uri)] = home
        let anchor = URIReference.fragment(of: uri)
        if isOld, !anchor.isEmpty { all[home].anchors[anchor] = place }
        return home
    }

    // MARK: References

    private mutating func resource(_ uri: String) throws(SchemaError) -> Int {
        let name = URIReference.withoutFragment(uri)
        if let known = byURI[name] { return known }
        guard let bytes = documents[name], let document = try? JSONDocument.parse(bytes) else {
            throw .unresolved(name)
        }
        return try add(document.root, uri: name)
    }

    /// What a reference from a resource leads to, the resource it lies in, and the anchor by which it was named, if it was.
    mutating func target(
        of reference: String, from home: Int
    ) throws(SchemaError) -> (place: SchemaPlace, home: Int, anchor: String?) {
        let uri = URIReference.resolve(reference, from: all[home].uri)
        let found = try resource(uri)
        let fragment = URIReference.fragment(of: uri)
        if fragment.isEmpty { return (all[found].root, found, nil) }
        guard fragment.hasPrefix("/") else {
            guard let place = all[found].anchors[fragment] else { throw .unresolved(uri) }
            return (place, homes[place.key] ?? found, fragment)
        }
        var (place, home) = (all[found].root, found)
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
}
