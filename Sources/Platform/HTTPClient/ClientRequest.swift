package import HTTPMessages

/// How long each phase of a request may take.
package struct ClientTimeouts: Hashable, Sendable {
    /// Until the connection stands, TLS included.
    package var connect: Duration = .seconds(10)
    /// From the request sent to the response head.
    package var firstByte: Duration = .seconds(120)
    /// Between two arrivals of the body.
    package var idle: Duration = .seconds(60)
    /// From the call to the last byte.
    package var total: Duration = .seconds(600)

    /// Creates the defaults, which are for language models.
    package init() {}
}

/// A whole request to an absolute `http` or `https` URL.
package struct ClientRequest: Sendable {
    /// `GET`, `POST` ...
    package var method: String
    /// The absolute URL.
    package var url: String
    /// The fields to send; `Host` and the framing are the client's business.
    package var fields: HTTPFields
    package var body: [UInt8]
    package var timeouts: ClientTimeouts

    package init(
        method: String, url: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = [],
        timeouts: ClientTimeouts = ClientTimeouts()
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.timeouts = timeouts
    }

    /// Whether the body's length is told: always with a body, and for the methods that are expected to have one
    /// (RFC 9110, section 8.6).
    var sendsLength: Bool {
        !body.isEmpty || method == "POST" || method == "PUT" || method == "PATCH"
    }

    /// The fields without those that are the client's business or would break out of their line (RFC 9110, 5.5).
    var sentFields: [HTTPFields.Field] {
        fields.all.filter { field in
            !field.name.isEmpty
                && field.name.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ":") && $0 < 0x7F }
                && field.value.utf8.allSatisfy { $0 != 13 && $0 != 10 && $0 != 0 }
                && !Self.ownFields.contains { HTTPFields.areEqual($0, field.name) }
        }
    }

    private static let ownFields = ["host", "content-length", "transfer-encoding", "connection", "expect"]
}
