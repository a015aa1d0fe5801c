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
        if status == 200 {
            append(text: "HTTP/1.1 200 OK\r\nDate: ")
        } else {
            append(text: "HTTP/1.1 \(status) \(reasonPhrase(status))\r\nDate: ")
        }
        append(contentsOf: date)
        append(fields)
        switch framing {
        case .length(let count):
            append(text: "\r\nContent-Length: ")
            append(decimal: count)
        case .chunked: append(text: "\r\nTransfer-Encoding: chunked")
        case .close, .none: break
        }
        if let connection {
            append(text: "\r\nConnection: ")
            append(text: connection)
        }
        append(text: "\r\n\r\n")
    }

    private mutating func append(_ fields: HTTPFields) {
        let text = fields.text.span
        func isSent(_ place: HTTPFields.Place) -> Bool {
            let name = text.extracting(place.name)
            return name.isToken && !name.isServersBusiness
        }
        // Nearly always the only controls are the line breaks, and every field is sent.
        if text.controls == 2 * fields.places.count, fields.places.allSatisfy(isSent) { return append(copying: text) }
        for place in fields.places where isSent(place) {
            append(copying: text.extracting(place.line.lowerBound..<place.value.lowerBound))
            let value = text.extracting(place.value)
            for index in value.indices where !isControl(value[index]) { append(value[index]) }
        }
    }

    /// Appends a chunk (RFC 9112, section 7.1); there must be bytes, since an empty chunk ends the body.
    mutating func appendChunk(_ bytes: [UInt8]) {
        append(contentsOf: String(bytes.count, radix: 16).utf8)
        append(contentsOf: "\r\n".utf8)
        append(contentsOf: bytes)
        append(contentsOf: "\r\n".utf8)
    }
}

extension Span<UInt8> {
    /// How many control characters there are.
    ///
    /// Counted in bytes for a while, and not looked for: a loop without an exit takes many bytes at a time.
    fileprivate var controls: Int {
        var all = 0
        for start in stride(from: 0, to: count, by: 128) {
            var some: UInt8 = 0
            for index in start..<min(start + 128, count) { some &+= control(unsafe self[unchecked: index]) }
            all += Int(some)
        }
        return all
    }
}

private func isControl(_ byte: UInt8) -> Bool { control(byte) == 1 }

/// 1 for a control character, else 0; without a branch.
private func control(_ byte: UInt8) -> UInt8 {
    (byte < 0x20 ? 1 : 0) & (byte != 0x09 ? 1 : 0) | (byte == 0x7F ? 1 : 0)
}

extension Span<UInt8> {
    /// RFC 9110, section 5.6.2.
    fileprivate var isToken: Bool {
        for index in indices where !isTokenCharacter(unsafe self[unchecked: index]) { return false }
        return !isEmpty
    }

    fileprivate var isServersBusiness: Bool {
        switch count {
        case 4: isSameName(as: "date".utf8.span)
        case 10: isSameName(as: "connection".utf8.span) || isSameName(as: "keep-alive".utf8.span)
        case 14: isSameName(as: "content-length".utf8.span)
        case 17: isSameName(as: "transfer-encoding".utf8.span)
        default: false
        }
    }
}

private func isTokenCharacter(_ byte: UInt8) -> Bool {
    // Most are letters and hyphens.
    if (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-") { return true }
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"),
        UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."),
        UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
        return true
    default: return false
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
