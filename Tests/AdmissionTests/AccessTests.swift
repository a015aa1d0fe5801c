import Admission
import Dialogue
import Digests
import HTTPMessages
import Testing

private func request(_ fields: KeyValuePairs<String, String>, loopback: Bool = true) -> HTTPRequest {
    HTTPRequest(method: "POST", target: "/v1/messages", fields: HTTPFields(fields), isFromLoopback: loopback)
}

private let open = Access(keys: [], listensOnLoopback: true, hosts: ["gateway.test"], origins: ["https://app.test"])
private let guarded = Access(
    keys: [
        AccessKey(name: CallerName("team"), digest: SHA256Digest(of: "sk-team")),
        AccessKey(
            name: CallerName("bot"), digest: SHA256Digest(of: "sk-bot"), routes: [RouteName("auto")]),
    ], listensOnLoopback: false)

struct AccessTests {
    @Test(arguments: [
        "localhost", "LOCALHOST:4141", "127.0.0.1:4141", "[::1]:4141", "app.localhost", "Gateway.test:4141",
    ])
    func `admits this machine without a key`(_ host: String) throws {
        #expect(try open.admit(request(["Host": host])).name == .anonymous)
    }

    @Test(arguments: ["evil.test", "127.0.0.1.evil.test", "localhost.evil.test", "10.0.0.1", "", "[::2]:80"])
    func `refuses a host name that was rebound to this machine`(_ host: String) {
        #expect(throws: AdmissionError.foreignHost) { try open.admit(request(["Host": host])) }
        #expect(throws: AdmissionError.foreignHost) { try open.admit(request([:])) }
    }

    @Test(arguments: ["http://localhost:3000", "https://app.test", "http://127.0.0.1"])
    func `admits pages of this machine and of configured origins`(_ origin: String) throws {
        #expect(try open.admit(request(["Host": "localhost", "Origin": origin])).name == .anonymous)
    }

    @Test(arguments: ["https://evil.test", "null", "", "https://app.test.evil.test", "http://localhost.evil.test"])
    func `refuses pages of foreign origins`(_ origin: String) {
        #expect(throws: AdmissionError.foreignOrigin) {
            try open.admit(request(["Host": "localhost", "Origin": origin]))
        }
    }

    @Test func `refuses another machine without keys`() {
        #expect(throws: AdmissionError.notLoopback) { try open.admit(request(["Host": "localhost"], loopback: false)) }
    }

    @Test(
        arguments: [
            ["X-Forwarded-For": "203.0.113.9"], ["X-Forwarded-For": "127.0.0.1, 203.0.113.9:80"],
            ["X-Forwarded-For": "2001:db8::1"],
            ["Forwarded": "for=203.0.113.9"],
        ] as [KeyValuePairs<String, String>])
    func `refuses without keys what a proxy passes on from elsewhere`(_ fields: KeyValuePairs<String, String>) throws {
        var fields = HTTPFields(fields)
        fields.set("host", "localhost")
        let passed = HTTPRequest(method: "POST", target: "/", fields: fields, isFromLoopback: true)
        #expect(throws: AdmissionError.notLoopback) { try open.admit(passed) }
        fields.set("x-api-key", "sk-team")
        let signed = HTTPRequest(method: "POST", target: "/", fields: fields, isFromLoopback: true)
        #expect(try guarded.admit(signed).name == CallerName("team"))
    }

    @Test(arguments: ["127.0.0.1", "::1", "127.0.0.1, localhost", "[::1]:5000"])
    func `a proxy of this machine's own callers is no other machine`(_ sender: String) throws {
        #expect(try open.admit(request(["Host": "localhost", "X-Forwarded-For": sender])).name == .anonymous)
    }

    @Test(
        arguments: [
            (["Authorization": "Bearer sk-team"], "team"), (["authorization": "bearer sk-bot"], "bot"),
            (["x-api-key": "sk-bot"], "bot"), (["Authorization": "Basic abc", "X-Api-Key": "sk-team"], "team"),
        ] as [(KeyValuePairs<String, String>, String)])
    func `names the caller by the key`(_ fields: KeyValuePairs<String, String>, _ name: String) throws {
        #expect(try guarded.admit(request(fields, loopback: false)).name == CallerName(name))
    }

    @Test func `asks for a key and refuses a wrong one`() {
        #expect(throws: AdmissionError.keyMissing) { try guarded.admit(request(["Host": "x"])) }
        #expect(throws: AdmissionError.keyMissing) { try guarded.admit(request(["x-api-key": ""])) }
        #expect(throws: AdmissionError.keyUnknown) { try guarded.admit(request(["x-api-key": "sk-tea"])) }
    }

    @Test func `holds a key to its routes`() throws {
        let bot = try guarded.admit(request(["x-api-key": "sk-bot"]))
        try bot.require(RouteName("auto"))
        #expect(throws: AdmissionError.routeNotAllowed) { try bot.require(RouteName("auto/support")) }
        #expect(throws: AdmissionError.routeNotAllowed) { try bot.require(nil) }
        try guarded.admit(request(["x-api-key": "sk-team"])).require(nil)
    }

    @Test func `says 401 where another key would help and never what was sent`() {
        let error = #expect(throws: AdmissionError.self) { try guarded.admit(request(["x-api-key": "sk-hidden"])) }
        #expect(error?.failure.status == 401)
        #expect(error?.message.contains("hidden") == false)
        #expect(AdmissionError.foreignHost.failure.kind == .permission)
    }
}
