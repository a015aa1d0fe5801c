package import JSON

/// A JSON Schema of draft 2020-12 or draft-07, compiled, to hold values against.
///
/// <https://json-schema.org/draft/2020-12/json-schema-core>, <https://json-schema.org/draft-07/json-schema-core>.
/// Formats are annotations, as both drafts have it by default. Nothing is fetched: a schema that refers to another
/// document is given it.
package struct Schema: Sendable {
    /// What a schema without `$schema` is written in.
    package enum Dialect: Sendable {
        case draft7, draft2020
    }

    let subschemas: [Subschema]
    let root: Int
    /// By resource, what its dynamic anchors name.
    let dynamicAnchors: [[String: Int]]

    /// Compiles a schema; `documents` are those it may refer to, by their URIs.
    ///
    /// - Throws: what in the schema cannot be understood.
    package init(
        _ schema: [UInt8], dialect: Dialect = .draft2020, documents: [String: [UInt8]] = [:]
    ) throws(SchemaError) {
        let document: JSONDocument
        do {
            document = try JSONDocument.parse(schema)
        } catch {
            throw .notJSON(error)
        }
        try self.init(document.root, dialect: dialect, documents: documents)
    }

    /// Compiles a schema that is a part of a document.
    ///
    /// - Throws: what in the schema cannot be understood.
    package init(
        _ schema: JSONValue, dialect: Dialect = .draft2020, documents: [String: [UInt8]] = [:]
    ) throws(SchemaError) {
        var compiler = SchemaCompiler(documents: documents, dialect: dialect)
        (root, dynamicAnchors) = try compiler.compileRoot(schema)
        subschemas = compiler.subschemas
    }

    /// Holds a value against the schema.
    ///
    /// At most `limit` violations are told, and at most `steps` schemas are applied: beyond that, beyond a depth of 256
    /// and where a pattern runs away, it cannot be told.
    package func verdict(on value: JSONValue, limit: Int = 8, steps: Int = 100_000) -> SchemaVerdict {
        var evaluation = Evaluation(self, limit: limit, steps: steps)
        do throws(Unclear) {
            var seen = Evaluated()
            let holds = try evaluation.holds(root, value, scope: [], &seen, tells: true)
            return holds ? .valid : .invalid(evaluation.violations)
        } catch {
            return .unclear(error.reason)
        }
    }
}

/// What holding a value against a schema came to.
package enum SchemaVerdict: Hashable, Sendable {
    case valid
    /// What does not hold, as far as it was told.
    case invalid([SchemaViolation])
    /// Why it cannot be told.
    case unclear(String)
}

/// Something in a value that its schema does not allow.
package struct SchemaViolation: Hashable, Sendable {
    /// Where it is: a JSON pointer (RFC 6901), empty for the whole value.
    package let path: String
    /// The keyword that it does not hold to, such as `required`.
    package let keyword: String
    /// What is wrong there, in words that follow the path, such as "is text, not an integer".
    package let message: String
}

/// Why a schema cannot be used.
package enum SchemaError: Error, Equatable, CustomStringConvertible {
    case notJSON(JSONError)
    /// A reference that leads nowhere.
    case unresolved(String)
    /// A keyword with a value that it cannot have.
    case malformed(keyword: String)
    case tooDeep

    package var description: String {
        switch self {
        case .notJSON(let error): "\(error)"
        case .unresolved(let reference): "the schema refers to \(reference), which is not there"
        case .malformed(let keyword): "the schema has a `\(keyword)` that cannot be understood"
        case .tooDeep: "the schema is nested too deeply"
        }
    }
}
