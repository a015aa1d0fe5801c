internal import JSON

/// A schema with a URI of its own.
struct SchemaResource {
    let uri: String
    let root: SchemaPlace
    let dialect: Schema.Dialect
    /// Whether the validation keywords are part of its vocabulary.
    let validates: Bool
    var anchors: [String: SchemaPlace] = [:]
    var dynamicAnchors: [String: SchemaPlace] = [:]
}

/// A value of a document.
struct SchemaPlace {
    /// What tells one place from all others.
    struct Key: Hashable {
        let document: Int
        let offset: Int
    }

    let document: Int
    let value: JSONValue

    var key: Key { Key(document: document, offset: value.range.lowerBound) }
    func inside(_ value: JSONValue) -> SchemaPlace { SchemaPlace(document: document, value: value) }
}
