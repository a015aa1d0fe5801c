/// A whole request as the server hands it out: body complete, framing resolved.
package struct HTTPRequest: Sendable {
    /// `GET`, `POST` ...
    package var method: String
    /// Path and query as sent.
    package var target: String
    package var fields: HTTPFields
    package var body: [UInt8]
    /// Whether the client's address is a loopback one.
    package var isFromLoopback: Bool

    package init(
        method: String, target: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = [],
        isFromLoopback: Bool = true
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.isFromLoopback = isFromLoopback
    }

    /// Moves fields and body out.
    package mutating func takeParts() -> (fields: HTTPFields, body: [UInt8]) {
        var taken = (fields: HTTPFields(), body: [UInt8]())
        swap(&taken.fields, &fields)
        swap(&taken.body, &body)
        return taken
    }

    /// The target without its query.
    package var path: Substring {
        let bytes = target.utf8.span
        for place in bytes.indices where bytes[place] == UInt8(ascii: "?") {
            return target[..<target.utf8.index(target.startIndex, offsetBy: place)]
        }
        return target[...]
    }
}

/// A whole response; `Content-Length` and `Date` are the server's business.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var fields: HTTPFields
    package var body: [UInt8]

    package init(status: Int, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
