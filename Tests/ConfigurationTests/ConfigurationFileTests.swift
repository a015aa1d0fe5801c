import Catalog
import Configuration
import Glibc
import Testing

struct ConfigurationFileTests {
    private func written(_ text: String) throws -> String {
        var folder = Array("/tmp/farthing-configuration-XXXXXX".utf8CString)
        let made = folder.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.flatMap { mkdtemp($0) } }
        try #require(made != nil)
        let path = String(decoding: folder.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/farthing.yaml"
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        return path
    }

    @Test func `a file with many mistakes has a line and a remedy for each`() throws {
        let path = try written(
            """
            # A gateway with everything wrong.
            providers:
              openai: { key: "${FARTHING_NO_SUCH_KEY}" }
              lab: { base_url: "http://lab.example.com/v1", key: very-secret }
            modles: {}
            models:
              house: { provider: labb, price: { input: 1, output: 2 } }
              cheap: { provider: lab, price: { input: 0, output: 0 } }
            routes:
              auto/code: { candidates: [gpt-4oo] }
            timeouts: { connect: 10 minutes }
            listen: 0.0.0.0:8080

            """)
        defer { unlink(path) }
        let catalog = CatalogSource(
            find: { ModelCatalog.shipped[$0] }, graded: { ModelCatalog.shipped.graded(for: $0) })
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationReader(environment: [:], catalog: catalog).read(file: path)
        }
        let lines = try #require(error?.lines).map { $0.replacing("\(path):", with: "") }
        let expected: [(place: String, remedy: String)] = [
            ("3:13: providers.openai.key: ", "export it before the start"),
            ("4:10: providers.lab.base_url: ", "use https:// or say allow_http: true"),
            ("5:1: modles: ", "did you mean 'models'?"),
            ("7:12: models.house.provider: ", "did you mean 'lab'?"),
            ("8:27: models.cheap.price: ", "if it is meant, say free: true instead"),
            (
                "10:29: routes.auto/code.candidates[0]: ",
                "models: { gpt-4oo: { price: { input: 0.15, output: 0.60 } } }"
            ),
            ("11:13: timeouts.connect: ", "not '10 minutes'"),
            ("12:1: listen: ", "add 'keys:' or listen on 127.0.0.1"),
        ]
        try #require(lines.count == expected.count, "\(lines)")
        for (line, expected) in zip(lines, expected) {
            #expect(line.hasPrefix(expected.place) && line.hasSuffix(expected.remedy))
            #expect(!line.contains("very-secret"))
        }
    }
}
