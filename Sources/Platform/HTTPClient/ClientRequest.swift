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

    /// Whether a field is sent: it is not the client's business and would not break out of its line (RFC 9110, 5.5).
    func isSent(_ place: HTTPFields.Place) -> Bool {
        let name = fields.text.span.extracting(place.name)
        let value = fields.text.span.extracting(place.value)
        return !name.isEmpty && !Self.isOwn(name)
            && !Self.has(name) { $0 <= 0x20 || $0 == UInt8(ascii: ":") || $0 >= 0x7F }
            && !Self.has(value) { $0 == 13 || $0 == 10 || $0 == 0 }
    }

    private static func has(_ bytes: Span<UInt8>, _ isRefused: (UInt8) -> Bool) -> Bool {
        for index in bytes.indices where isRefused(bytes[index]) { return true }
        return false
    }

    private static func isOwn(_ name: Span<UInt8>) -> Bool {
        switch name.count {
        case 4: name.isSameName(as: "host".utf8.span)
        case 6: name.isSameName(as: "expect".utf8.span)
        case 10: name.isSameName(as: "connection".utf8.span)
        case 14: name.isSameName(as: "content-length".utf8.span)
        case 17: name.isSameName(as: "transfer-encoding".utf8.span)
        default: false
        }
    }
}
