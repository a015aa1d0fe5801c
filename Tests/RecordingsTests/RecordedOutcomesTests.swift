import Glibc
import Recordings
import Testing

private func withFiles<Result>(_ texts: [String], _ body: ([String]) throws -> Result) throws -> Result {
    var template = Array("/tmp/recordings-XXXXXX".utf8CString)
    let folder = try template.withUnsafeMutableBufferPointer { space in
        String(cString: try #require(space.baseAddress.flatMap { mkdtemp($0) }))
    }
    let paths = texts.indices.map { "\(folder)/\($0)" }
    defer {
        for path in paths { unlink(path) }
        rmdir(folder)
    }
    for (path, text) in zip(paths, texts) {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
    }
    return try body(paths)
}

struct RecordedOutcomesTests {
    private static let rows = #"""
        {"id":"a","prompt":"Which?","question":"Q","tools":[{"name":"t","parameters":{}}],"outcomes":{"m":{"score":1,"cost_usd":0.5},"n":{"score":0.25}}}
        {"id":"b","prompt":"When?","outcomes":{"n":{"score":0,"input_tokens":10,"output_tokens":2}}}
        """#

    @Test func `costs are recorded, computed from tokens and prices, or unknown`() throws {
        let tokens = #"{"id":"a","prompt_tokens_cl100k":1000,"response_tokens_cl100k":{"n":500}}"#
        let prices = #"{"n":{"input_per_1m":2.0,"output_per_1m":10}}"#
        try withFiles([Self.rows, tokens, prices]) { paths in
            let prompts = try RecordedOutcomes.read(paths: [paths[0]], tokens: [paths[1]], prices: paths[2])
            #expect(prompts.map(\.id) == ["a", "b"])
            #expect(prompts.map(\.question) == ["Q", "When?"])
            #expect(prompts[0].prompt.tools.map(\.name) == ["t"])
            #expect(prompts[0].outcomes["m"]?.cost == 0.5)
            #expect(abs((prompts[0].outcomes["n"]?.cost ?? 0) - 0.007) < 1e-12)
            #expect(abs((prompts[1].outcomes["n"]?.cost ?? 0) - 0.00004) < 1e-12)
            let bare = try RecordedOutcomes.read(paths: [paths[0]], models: ["n"])
            #expect(bare[0].outcomes.keys.sorted() == ["n"])
            #expect(bare[0].outcomes["n"]?.cost == nil)
        }
    }

    @Test(arguments: [
        (#"{"prompt":"x"}"#, "`prompt` and `outcomes`"),
        (#"{"prompt":"x","outcomes":{"m":{"score":2}}}"#, "from 0 to 1"),
        ("no JSON", "1:"),
    ])
    func `a row that is wrong is told by file and line`(row: String, words: String) throws {
        try withFiles([row]) { paths in
            let error = #expect(throws: RecordingsError.self) { try RecordedOutcomes.read(paths: paths) }
            #expect("\(error, default: "")".contains("\(paths[0]):1: "))
            #expect("\(error, default: "")".contains(words))
        }
    }
}
