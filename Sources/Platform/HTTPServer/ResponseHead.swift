internal import HTTPMessages

/// How the bytes of a response are delimited (RFC 9112, section 6).
enum Framing {
    case length(Int)
    case chunked
    /// By the end of the connection, for HTTP/1.0.
    case close
    /// Nothing follows the header and nothing is said of it.
    case none
}

extension [UInt8] {
    /// Appends the head of a response.
    ///
    /// Fields that are the server's business are left out, and so are names that are
    /// no tokens; control characters are taken out of values: nobody can add a field or a response through a value.
    mutating func appendHead(
        status: Int, fields: HTTPFields, framing: Framing, connection: String?, date: [UInt8]
    ) {
        append(text: "HTTP/1.1 ")
        append(text: String(status))
        append(text: " ")
        append(text: reasonPhrase(status))
        append(text: "\r\nDate: ")
        append(contentsOf: date)
        for field in fields.all where isToken(field.name) && !isServersBusiness(field.name) {
            append(name: field.name, value: field.value)
        }
        switch framing {
        case .length(let count):
            append(text: "\r\nContent-Length: ")
            append(text: String(count))
        case .chunked: append(text: "\r\nTransfer-Encoding: chunked")
        case .close, .none: break
        }
        if let connection {
            append(text: "\r\nConnection: ")
            append(text: connection)
        }
        append(text: "\r\n\r\n")
    }

    private mutating func append(name: String, value: String) {
        let text = value.utf8.span
        // Gathered in one byte, not searched: a loop without an exit takes many bytes at a time.
        var controls: UInt8 = 0
        for index in text.indices { controls |= isControl(unsafe text[unchecked: index]) ? 1 : 0 }
        guard controls > 0 else { return append(fieldLine: name, value) }
        append(fieldLine: name, String(decoding: value.utf8.filter { !isControl($0) }, as: UTF8.self))
    }

    /// Appends a chunk (RFC 9112, section 7.1); there must be bytes, since an empty chunk ends the body.
    mutating func appendChunk(_ bytes: [UInt8]) {
        append(contentsOf: String(bytes.count, radix: 16).utf8)
        append(contentsOf: "\r\n".utf8)
        append(contentsOf: bytes)
        append(contentsOf: "\r\n".utf8)
    }
}

private func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }

/// RFC 9110, section 5.6.2.
private func isToken(_ name: String) -> Bool {
    let bytes = name.utf8.span
    var others = 0
    for index in bytes.indices where !isTokenCharacter(bytes[index]) { others += 1 }
    return others == 0 && !bytes.isEmpty
}

private func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"),
        UInt8(ascii: "~"):
        true
    default: false
    }
}

private func isServersBusiness(_ name: String) -> Bool {
    switch name.utf8.count {
    case 4: HTTPFields.areEqual(name, "date")
    case 10: HTTPFields.areEqual(name, "connection") || HTTPFields.areEqual(name, "keep-alive")
    case 14: HTTPFields.areEqual(name, "content-length")
    case 17: HTTPFields.areEqual(name, "transfer-encoding")
    default: false
    }
}

/// RFC 9110, section 15; empty for a status that is not registered.
private func reasonPhrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 402: "Payment Required"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 529: "Site Is Overloaded"
    default: ""
    }
}
