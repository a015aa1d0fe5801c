internal import JSON

/// One schema object, its keywords read; other schemas are places in the list of all.
///
/// Filled in while a schema is compiled, and never changed afterwards.
final class Subschema: @unchecked Sendable {
    /// The resource it belongs to.
    let resource: Int
    /// What `true` and `false` say.
    var constant: Bool?
    var reference: Int?
    var dynamicReference: DynamicReference?

    var types: [String] = []
    var choices: [JSONValue]?
    var multipleOf: ExactDecimal?
    var bounds: [Bound] = []
    var limits: [Limit] = []
    var pattern: SchemaPattern?
    var uniqueItems = false
    var required: [String] = []
    var dependentRequired: [(name: String, needs: [String])] = []

    var allOf: [Int] = []
    var anyOf: [Int] = []
    var oneOf: [Int] = []
    var not: Int?
    var condition: Int?
    var then: Int?
    var otherwise: Int?

    var properties: [String: Int] = [:]
    var patternProperties: [(pattern: SchemaPattern, schema: Int)] = []
    var additionalProperties: Int?
    var propertyNames: Int?
    var dependentSchemas: [(name: String, schema: Int)] = []
    var unevaluatedProperties: Int?

    var prefixItems: [Int] = []
    var items: Int?
    var contains: Int?
    var leastContained = 1
    var mostContained: Int?
    var unevaluatedItems: Int?

    init(resource: Int) { self.resource = resource }

    struct DynamicReference {
        let target: Int
        /// The anchor that the outermost resource which has it decides; nil for an ordinary reference.
        let anchor: String?
    }

    /// A bound of a number.
    struct Bound {
        enum Kind: String, CaseIterable { case minimum, exclusiveMinimum, maximum, exclusiveMaximum }
        let kind: Kind
        let value: ExactDecimal

        func holds(_ number: ExactDecimal) -> Bool {
            switch kind {
            case .minimum: number >= value
            case .exclusiveMinimum: number > value
            case .maximum: number <= value
            case .exclusiveMaximum: number < value
            }
        }
    }

    /// A bound of a length or a count.
    struct Limit {
        enum Kind: String, CaseIterable {
            case minLength, maxLength, minItems, maxItems, minProperties, maxProperties
        }
        let kind: Kind
        let count: Int

        func holds(_ actual: Int) -> Bool { kind.rawValue.hasPrefix("min") ? actual >= count : actual <= count }
    }
}
