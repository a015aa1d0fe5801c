import Dialogue
import HTTPClient
import HTTPMessages
import HTTPServer
import JSON
import WireFormats

/// What clients and providers send.
extension FuzzedParser {
    static var wire: [FuzzedParser] {
        [
            FuzzedParser(name: "json") { bytes in
                guard let document = try? JSONDocument.parse(bytes) else { return }
                visit(document.root, depth: 0)
            },
            FuzzedParser(name: "http-request") { bytes in
                let parser = RequestParser(settings: ListenerSettings())
                for piece in pieces(bytes) { if case .failed = parser.read(piece) { return } }
            },
            FuzzedParser(name: "http-response") { bytes in
                let parser = ResponseParser(maximumHeaderBytes: 4096)
                parser.begin(isHead: false)
                for piece in pieces(bytes) {
                    switch parser.read(piece) {
                    case .incomplete: continue
                    case .complete(true): parser.begin(isHead: piece.count % 2 == 0)
                    case .complete(false), .failed: return
                    }
                }
                _ = parser.finish()
            },
            FuzzedParser(name: "response-head") { bytes in
                var head = CurlHead(limit: 4096)
                for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                    Array(line).withUnsafeBytes { head.receive($0) }
                    if head.error != nil { return }
                }
            },
            FuzzedParser(name: "server-sent-events") { bytes in
                var parser = ServerSentEventParser(limit: 1 << 16)
                for piece in pieces(bytes) {
                    parser.append(piece)
                    while let event = try? parser.next() { _ = event.data.count }
                }
                parser.finish()
                while (try? parser.next()) != nil {}
            },
            FuzzedParser(name: "openai") { bytes in decode(bytes, .openai) },
            FuzzedParser(name: "anthropic") { bytes in decode(bytes, .anthropic) },
        ]
    }
}

private func visit(_ value: JSONValue, depth: Int) {
    guard depth < 200 else { return }
    _ = (value.string, value.double, value.raw.count)
    if let elements = value.elements { for element in elements { visit(element, depth: depth + 1) } }
    if let members = value.members { for member in members { visit(member.value, depth: depth + 1) } }
}

/// Reads a text as a request, as an answer, and each of its lines as an event of one stream, and writes what it read.
private func decode(_ bytes: [UInt8], _ format: WireFormat) {
    let parser = JSONParser()
    if let request = try? format.decodeRequest(bytes, parser: parser) {
        _ = format.passThrough(request, model: "m")
        for other in [WireFormat.openai, .anthropic] {
            _ = try? other.encodeRequest(request.prompt, from: format, model: "m")
        }
    }
    if let completion = try? format.decodeCompletion(bytes, parser: parser) {
        _ = format.encodeCompletion(completion, created: 0)
    }
    _ = (try? JSONDocument.parse(bytes))?.withoutTokenProbabilities
    var events = CompletionEventDecoder(format)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
        _ = try? events.decode(ServerSentEvent(data: Array(line)), parser: parser)
    }
}
