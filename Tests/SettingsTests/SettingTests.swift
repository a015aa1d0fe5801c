import Settings
import Testing
import YAML

/// Reads the setting `v` of a text with `read`, and returns the value and the mistakes.
private func reading<Value>(_ text: String, _ read: (Setting) -> Value?) throws -> (Value?, [String]) {
    let log = MistakeLog()
    let root = Setting(node: try #require(try YAMLParser.parse(text)), log: log)
    let value = root.fields(["v"])?["v"].flatMap(read)
    return (value, log.inOrder.map(\.description))
}

struct SettingTests {
    @Test(arguments: [
        ("0.15", Int64(150_000)), ("$0.15", 150_000), ("3", 3_000_000), ("0", 0), ("0.0055", 5_500), ("0.000001", 1),
        ("75.00", 75_000_000),
    ])
    func `reads dollars for a million tokens exactly`(_ text: String, _ picodollars: Int64) throws {
        #expect(try reading("v: \(text)") { $0.picodollarsPerToken() } == (picodollars, []))
    }

    @Test(arguments: ["-1", "1e3", "0.0000001", "a", "$", "1.2.3", "99999999999999999999"])
    func `refuses what is no exact price`(_ text: String) throws {
        let (value, mistakes) = try reading("v: \(text)") { $0.picodollarsPerToken() }
        #expect(value == nil)
        #expect(mistakes.first?.hasPrefix("1:1: v: should be dollars for a million tokens") == true)
    }

    @Test(arguments: [("16 MB", 16_000_000), ("16MiB", 16 << 20), ("512", 512), ("1 kb", 1000)])
    func `reads sizes`(_ text: String, _ bytes: Int) throws {
        #expect(try reading("v: \(text)") { $0.bytes(in: 0...(.max)) } == (bytes, []))
    }

    @Test(arguments: [("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("1h", 3_600_000)])
    func `reads times`(_ text: String, _ milliseconds: Int) throws {
        let bounds = Duration.zero...Duration.seconds(86_400)
        #expect(try reading("v: \(text)") { $0.duration(in: bounds) } == (.milliseconds(milliseconds), []))
    }

    @Test(arguments: ["30", "3 weeks", "-1s", "2000h"])
    func `refuses what is no time or out of bounds`(_ text: String) throws {
        let bounds = Duration.zero...Duration.seconds(86_400)
        #expect(try reading("v: \(text)") { $0.duration(in: bounds) }.1.count == 1)
    }

    @Test func `puts environment variables into secrets`() throws {
        let (secret, _) = try reading("v: Bearer ${TOKEN}!") { $0.secret(environment: ["TOKEN": "abc"]) }
        #expect(secret?.reveal() == "Bearer abc!")
    }

    @Test func `names a variable that is not set, and nothing of the secret`() throws {
        let (secret, mistakes) = try reading("v: hidden${TOKEN}") { $0.secret(environment: [:]) }
        #expect(secret == nil)
        #expect(mistakes == ["1:1: v: the environment variable TOKEN is not set; export it before the start"])
    }

    @Test func `collects every mistake with its line and what was meant`() throws {
        let log = MistakeLog()
        let text = "coun: 1\nname: [a]\ncount: many\n"
        let node = try #require(try YAMLParser.parse(text))
        let fields = Setting(node: node, log: log).fields(["count", "name"])
        #expect(fields?["name"]?.text() == nil)
        #expect(fields?["count"]?.integer(in: 1...9) == nil)
        #expect(
            log.inOrder.map(\.description) == [
                "1:1: coun: unknown setting; did you mean 'count'?",
                "2:1: name: should be a text",
                "3:1: count: should be an integer from 1 to 9, not 'many'",
            ])
    }

    @Test func `prints a secret as stars however it is printed`() {
        let secret = Secret("sk-hidden")
        var dumped = ""
        dump([secret], to: &dumped)
        for text in [
            "\(secret)", String(describing: secret), String(reflecting: [secret]), "\(Optional(secret) as Any)", dumped,
        ] {
            #expect(!text.contains("hidden"))
        }
        #expect("\(secret)" == "***")
    }
}
