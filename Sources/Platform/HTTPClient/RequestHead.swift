internal import HTTPMessages

/// What all requests of a method to one URL begin with that have the same fields; made once, since calls of a provider differ in
/// their bodies.
final class RequestHead {
    let destination: Destination
    private let method: String
    private let url: String
    private let fields: HTTPFields
    /// The head as HTTP/1.1 has it (RFC 9112, section 3), up to the body's length.
    private let lines: [UInt8]

    /// - Throws: why the URL leads nowhere.
    init(of request: ClientRequest) throws(ClientError) {
        destination = try Destination(request.url)
        method = request.method
        url = request.url
        fields = request.fields
        var lines: [UInt8] = []
        lines.append(text: request.method)
        lines.append(text: " ")
        lines.append(text: destination.target)
        lines.append(text: " HTTP/1.1\r\nHost: ")
        lines.append(text: destination.authority)
        for place in request.fields.places where request.isSent(place) {
            lines.append(copying: request.fields.text.span.extracting(place.line))
        }
        self.lines = lines
    }

    func isHead(of request: ClientRequest) -> Bool {
        url == request.url && method == request.method && fields == request.fields
    }

    /// Appends a request that has this head.
    func write(_ request: ClientRequest, to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + lines.count + 64 + request.body.count)
        bytes.append(contentsOf: lines)
        if request.sendsLength {
            bytes.append(text: "\r\nContent-Length: ")
            bytes.append(decimal: request.body.count)
        }
        bytes.append(text: "\r\n\r\n")
        bytes.append(contentsOf: request.body)
    }
}
