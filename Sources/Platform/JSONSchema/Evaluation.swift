internal import JSON

/// Why it cannot be told whether a value holds to its schema.
struct Unclear: Error {
    let reason: String
}

/// The members and elements that some schema has looked at already, for the `unevaluated` keywords.
struct Evaluated {
    var members: Set<String> = []
    var allMembers = false
    /// The elements before this one.
    var prefix = 0
    var elements: Set<Int> = []
    var allElements = false

    mutating func merge(_ other: Evaluated) {
        members.formUnion(other.members)
        allMembers = allMembers || other.allMembers
        prefix = max(prefix, other.prefix)
        elements.formUnion(other.elements)
        allElements = allElements || other.allElements
    }
}

/// Holds one value against a schema.
struct Evaluation {
    let schema: Schema
    private let limit: Int
    private var steps: Int
    private var depth = 0
    var path: [String] = []
    private(set) var violations: [SchemaViolation] = []

    private static let deepest = 256

    init(_ schema: Schema, limit: Int, steps: Int) {
        self.schema = schema
        self.limit = limit
        self.steps = steps
    }

    /// Whether a value holds to a subschema; `scope` are the resources on the way there, `tells` whether what does not hold
    /// is told, which it is not while alternatives are tried.
    mutating func holds(
        _ index: Int, _ value: JSONValue, scope: [Int], _ seen: inout Evaluated, tells: Bool
    ) throws(Unclear) -> Bool {
        let node = schema.subschemas[index]
        if let constant = node.constant {
            return constant || tell(tells, "false", "is not allowed")
        }
        depth += 1
        steps -= 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Unclear(reason: "the value or the schema is nested too deeply") }
        guard steps > 0 else { throw Unclear(reason: "there is too much to look at") }
        let scope = scope.last == node.resource ? scope : scope + [node.resource]
        var own = Evaluated()
        guard try holdsReferences(node, value, scope, &own, tells), try holdsAssertions(node, value, tells),
            try holdsCombinations(node, value, scope, &own, tells),
            try holdsMembers(node, value, scope, &own, tells), try holdsElements(node, value, scope, &own, tells)
        else { return false }
        seen.merge(own)
        return true
    }

    /// Notes a violation if it is to be told; false, as the value does not hold.
    mutating func tell(_ tells: Bool, _ keyword: String, _ message: @autoclosure () -> String) -> Bool {
        if tells, violations.count < limit {
            let pointer = path.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
            violations.append(SchemaViolation(path: pointer, keyword: keyword, message: message()))
        }
        return false
    }

    /// Counts work that is not the application of a schema.
    mutating func spend(_ count: Int) throws(Unclear) {
        steps -= count
        guard steps > 0 else { throw Unclear(reason: "there is too much to look at") }
    }

    private mutating func holdsReferences(
        _ node: Subschema, _ value: JSONValue, _ scope: [Int], _ seen: inout Evaluated, _ tells: Bool
    ) throws(Unclear) -> Bool {
        if let reference = node.reference {
            guard try holds(reference, value, scope: scope, &seen, tells: tells) else { return false }
        }
        guard let reference = node.dynamicReference else { return true }
        let outermost = reference.anchor.flatMap { anchor in
            scope.compactMap { schema.dynamicAnchors[$0][anchor] }.first
        }
        return try holds(outermost ?? reference.target, value, scope: scope, &seen, tells: tells)
    }

    private mutating func holdsCombinations(
        _ node: Subschema, _ value: JSONValue, _ scope: [Int], _ seen: inout Evaluated, _ tells: Bool
    ) throws(Unclear) -> Bool {
        for part in node.allOf {
            guard try holds(part, value, scope: scope, &seen, tells: tells) else { return false }
        }
        if !node.anyOf.isEmpty {
            guard try count(node.anyOf, value, scope, &seen) > 0 else {
                return tell(tells, "anyOf", "fits none of the \(node.anyOf.count) forms it may have")
            }
        }
        if !node.oneOf.isEmpty {
            let fitting = try count(node.oneOf, value, scope, &seen)
            guard fitting == 1 else {
                return tell(
                    tells, "oneOf", "fits \(fitting) of the \(node.oneOf.count) forms of which it should fit one")
            }
        }
        if let not = node.not {
            var unused = Evaluated()
            if try holds(not, value, scope: scope, &unused, tells: false) {
                return tell(tells, "not", "has a form that is not allowed")
            }
        }
        guard let condition = node.condition else { return true }
        let isMet = try holds(condition, value, scope: scope, &seen, tells: false)
        guard let consequence = isMet ? node.then : node.otherwise else { return true }
        return try holds(consequence, value, scope: scope, &seen, tells: tells)
    }

    private mutating func count(
        _ alternatives: [Int], _ value: JSONValue, _ scope: [Int], _ seen: inout Evaluated
    ) throws(Unclear) -> Int {
        var fitting = 0
        for alternative in alternatives where try holds(alternative, value, scope: scope, &seen, tells: false) {
            fitting += 1
        }
        return fitting
    }
}
