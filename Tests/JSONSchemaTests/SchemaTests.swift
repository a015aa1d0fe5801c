import JSON
import JSONSchema
import Testing

private func verdict(_ schema: String, _ value: String, _ dialect: Schema.Dialect = .draft2020) throws -> SchemaVerdict
{
    try Schema(Array(schema.utf8), dialect: dialect).verdict(on: JSONDocument.parse(value).root)
}

private let person = """
    {"type": "object", "required": ["name", "age"], "additionalProperties": false, "properties": {
        "name": {"type": "string", "minLength": 2}, "age": {"type": "integer", "minimum": 0},
        "mail": {"type": "string", "pattern": "^[^@]+@[^@]+$"}, "a/b": {"enum": ["x", 1]},
        "friends": {"type": "array", "items": {"$ref": "#"}, "maxItems": 2}}}
    """

struct SchemaTests {
    @Test(
        arguments: [
            (#"{"name": "Ann", "age": 31}"#, []), (#"{"name": "Ann", "age": 31.0, "friends": []}"#, []),
            (#"{"name": "Ann"}"#, [" required: lacks `age`"]),
            (#"{"name": "Ann", "age": "31"}"#, ["/age type: is text, not of type integer"]),
            (#"{"name": "Ann", "age": 3.5}"#, ["/age type: is a number, not of type integer"]),
            (
                #"{"name": "A", "age": -1}"#,
                ["/age minimum: is too small", "/name minLength: has 1 characters, should have at least 2"]
            ),
            (#"{"name": "Ann", "age": 1, "mail": "x"}"#, ["/mail pattern: does not match the pattern"]),
            (#"{"name": "Ann", "age": 1, "a/b": 2}"#, ["/a~1b enum: is none of the 2 values it may be"]),
            (#"{"name": "Ann", "age": 1, "pet": 2}"#, ["/pet false: is not allowed"]),
            (
                #"{"name": "Ann", "age": 1, "friends": [{"name": "Bo", "age": 2}, {"name": "Cy"}]}"#,
                ["/friends/1 required: lacks `age`"]
            ),
            (#"[]"#, [" type: is a list, not of type object"]),
        ])
    func `says where a value does not fit and why`(_ value: String, _ told: [String]) throws {
        switch try verdict(person, value) {
        case .valid: #expect(told.isEmpty)
        case .invalid(let found): #expect(found.map { "\($0.path) \($0.keyword): \($0.message)" }.sorted() == told)
        case .unclear(let reason): Issue.record("\(reason)")
        }
    }

    @Test(
        arguments: [
            (#"{"multipleOf": 0.01}"#, "19.99", true), (#"{"multipleOf": 0.01}"#, "19.995", false),
            (#"{"const": 12345678901234567890}"#, "12345678901234567891", false),
            (#"{"const": 1.0}"#, "1", true),
            (#"{"const": {"a": [1, 2], "b": null}}"#, #"{"b": null, "a": [1.0, 2]}"#, true),
            (#"{"maxLength": 2}"#, #""\ud83d\ude00\ud83d\ude00""#, true),
            (#"{"maximum": 1e300}"#, "9.9e299", true), (#"{"exclusiveMaximum": -1}"#, "-1.0", false),
            (#"{"uniqueItems": true}"#, "[1, 1.0]", false), (#"{"uniqueItems": true}"#, "[1, true]", true),
            (#"{"anyOf": [{"type": "null"}, {"type": "string"}]}"#, "3", false),
            (#"{"oneOf": [{"minimum": 1}, {"minimum": 2}]}"#, "3", false),
            (#"{"if": {"minimum": 1}, "then": {"maximum": 2}, "else": {"const": 0}}"#, "3", false),
            (#"{"properties": {"a": true}, "unevaluatedProperties": false}"#, #"{"b": 1}"#, false),
            (#"{"prefixItems": [{"type": "string"}], "items": false}"#, #"["a", 1]"#, false),
            ("true", "1", true), ("false", "1", false),
        ])
    func `keywords mean what the drafts say`(_ schema: String, _ value: String, _ isValid: Bool) throws {
        #expect((try verdict(schema, value) == .valid) == isValid)
    }

    @Test func `the dialects differ`() throws {
        let tuple = #"{"items": [{"type": "string"}], "additionalItems": false}"#
        #expect(try verdict(tuple, #"["a", 1]"#, .draft7) != .valid)
        let beside = ##"{"$ref": "#/definitions/any", "type": "string", "definitions": {"any": true}}"##
        #expect(try verdict(beside, "1", .draft7) == .valid)
        #expect(try verdict(beside, "1", .draft2020) != .valid)
    }

    @Test(
        arguments: [
            (#"{"$ref": "https://example.com/other"}"#, SchemaError.unresolved("https://example.com/other")),
            (##"{"$ref": "#/nowhere"}"##, .unresolved("urn:farthing:schema#/nowhere")),
            (#"{"pattern": "("}"#, .malformed(keyword: "pattern")), ("[]", .malformed(keyword: "schema")),
            (String(repeating: #"{"not": "#, count: 300) + "true" + String(repeating: "}", count: 300), .tooDeep),
        ])
    func `a schema that cannot be used says why`(_ schema: String, _ error: SchemaError) {
        #expect(throws: error) { try Schema(Array(schema.utf8)) }
    }

    @Test(
        arguments: [
            (##"{"$ref": "#"}"##, "1"),
            (##"{"items": {"$ref": "#"}}"##, String(repeating: "[", count: 900) + String(repeating: "]", count: 900)),
            (#"{"pattern": "^(a+)+$"}"#, "\"" + String(repeating: "a", count: 60) + "!\""),
            (#"{"patternProperties": {"^(a|aa)+$": true}}"#, "{\"" + String(repeating: "a", count: 90) + "!\": 1}"),
            (#"{"uniqueItems": true}"#, "[" + (0..<3000).map(String.init).joined(separator: ",") + "]"),
            (
                #"{"items": {"type": "integer"}}"#,
                "[" + [String](repeating: "1", count: 200_000).joined(separator: ",") + "]"
            ),
        ])
    func `what takes too long cannot be told`(_ schema: String, _ value: String) throws {
        guard case .unclear = try verdict(schema, value) else {
            Issue.record("it was told")
            return
        }
    }
}
