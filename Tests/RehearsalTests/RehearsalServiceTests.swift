import EventLoops
import Glibc
import HTTPServer
import JSON
import Rehearsal
import Testing

/// A rehearsal that listens while the body runs.
func withService(
    _ backend: RehearsalBackend = .simulated(seed: 0), settings: RehearsalSettings = RehearsalSettings(),
    body: (UInt16) async throws -> Void
) async throws {
    let loops = try EventLoopGroup(count: 1)
    let provider = try await RehearsalProvider.start(backend, settings: settings, loops: loops)
    do { try await body(provider.listener.port) } catch { Issue.record(error) }
    await provider.listener.drain(grace: .seconds(1))
    await loops.stop()
}

/// What comes back on a connection of its own, up to its end.
func exchange(_ port: UInt16, _ method: String, _ path: String, _ body: String = "", fields: String = "") throws
    -> String
{
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(socket, $0, UInt32(MemoryLayout<sockaddr_in>.size))
        }
    }
    try #require(connected == 0)
    let text =
        "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\(fields)content-length: \(body.utf8.count)\r\n\r\n\(body)"
    try #require(send(socket, text, text.utf8.count, 0) == text.utf8.count)
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
        let count = recv(socket, &buffer, buffer.count, 0)
        if count <= 0 { return String(decoding: answer, as: UTF8.self) }
        answer += buffer[..<count]
    }
}

@Suite struct RehearsalServiceTests {
    private func chat(_ text: String, more: String = "") -> String {
        #"{"model":"rehearsal-large","max_tokens":100,"messages":[{"role":"user","content":"\#(text)"}]\#(more)}"#
    }

    private func body(_ answer: String) throws -> JSONValue {
        let start = try #require(answer.firstRange(of: "\r\n\r\n"))
        return try JSONDocument.parse(String(answer[start.upperBound...])).root
    }

    @Test func `answers whole in OpenAI's format with usage and a request id`() async throws {
        try await withService { port in
            let answer = try exchange(port, "POST", "/v1/chat/completions", chat("What is 17 + 25?"))
            #expect(answer.hasPrefix("HTTP/1.1 200") && answer.lowercased().contains("x-request-id: req_"))
            let root = try body(answer)
            #expect(root["object"]?.string == "chat.completion")
            #expect((root["usage"]?["completion_tokens"]?.int ?? 0) > 3)
            let choice = root["choices"]?.elements?.first { _ in true }
            #expect(choice?["message"]?["content"]?.string?.hasSuffix("The answer is 42.") == true)
        }
    }

    @Test func `answers whole in Anthropic's format`() async throws {
        try await withService { port in
            let answer = try exchange(port, "POST", "/v1/messages", chat("What is 17 + 25?"))
            #expect(answer.lowercased().contains("\r\nrequest-id: req_"))
            let root = try body(answer)
            #expect(root["type"]?.string == "message" && root["stop_reason"]?.string == "end_turn")
        }
    }

    @Test(arguments: [
        ("/v1/chat/completions", "data: [DONE]"), ("/v1/messages", "event: message_stop"),
    ])
    func `streams to the format's own end mark`(path: String, mark: String) async throws {
        try await withService { port in
            let answer = try exchange(port, "POST", path, chat("What is 17 + 25?", more: #","stream":true"#))
            #expect(answer.lowercased().contains("content-type: text/event-stream") && answer.contains(mark))
            let usage = #","stream":true,"stream_options":{"include_usage":true}"#
            if path.hasSuffix("completions") {
                #expect(!answer.contains("completion_tokens"))
                #expect(try exchange(port, "POST", path, chat("Hi", more: usage)).contains("completion_tokens"))
            }
        }
    }

    @Test func `lists its models`() async throws {
        try await withService { port in
            let names = try body(exchange(port, "GET", "/v1/models"))["data"]?.elements?.compactMap { $0["id"]?.string }
            #expect(names == SimulatedModel.all.map(\.catalog.name.text))
        }
    }

    @Test(arguments: [
        ("429", "HTTP/1.1 429"), ("503", "HTTP/1.1 503"), ("529", "HTTP/1.1 529"), ("garbage", "<html>"),
        ("nonsense", "HTTP/1.1 400"), ("stream-error", "HTTP/1.1 500"), ("slow=1ms", "HTTP/1.1 200"),
    ])
    func `fails on demand`(fault: String, expected: String) async throws {
        try await withService { port in
            let answer = try exchange(
                port, "POST", "/v1/chat/completions", chat("Hello"), fields: "x-rehearsal-fault: \(fault)\r\n")
            #expect(answer.contains(expected))
            #expect(answer.lowercased().contains("retry-after: 1") == (fault == "429"))
        }
    }

    @Test(arguments: [("cut", false), ("stream-error", false), ("stall=1ms", true)])
    func `fails in the middle of a stream`(fault: String, ends: Bool) async throws {
        try await withService { port in
            let answer = try exchange(
                port, "POST", "/v1/chat/completions", chat("What is 17 + 25?", more: #","stream":true"#),
                fields: "x-rehearsal-fault: \(fault)\r\n")
            #expect(answer.contains("data: {") && answer.contains("[DONE]") == ends)
        }
    }

    @Test func `leaves out usage on demand`() async throws {
        try await withService { port in
            let answer = try exchange(
                port, "POST", "/v1/chat/completions", chat("Hello"), fields: "x-rehearsal-fault: no-usage\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200") && !answer.contains("completion_tokens"))
        }
    }

    @Test func `tells of a missing recording in the format's own shape`() async throws {
        try await withService(.recorded(try await recordings())) { port in
            let question = #"{"model":"plain","max_tokens":9,"messages":[{"role":"user","content":"Unheard of"}]}"#
            let answer = try exchange(port, "POST", "/v1/chat/completions", question)
            #expect(answer.hasPrefix("HTTP/1.1 404"))
            #expect(try body(answer)["error"]?["code"]?.string == "recording_not_found")
            let message = try exchange(port, "POST", "/v1/messages", question)
            #expect(try body(message)["error"]?["type"]?.string == "not_found_error")
        }
    }
}
