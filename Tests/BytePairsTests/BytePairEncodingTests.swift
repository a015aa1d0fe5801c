import BytePairs
import Foundation
import Testing

struct BytePairEncodingTests {
    struct Golden: Decodable, Sendable, CustomTestStringConvertible {
        let text: String
        let times: Int
        let cl100k: Int
        let o200k: Int
        var testDescription: String { "\(text.debugDescription.prefix(40)) × \(times)" }
    }

    static let golden: [Golden] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/counts.json")
        let rows = try? JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))
        return rows ?? []
    }()

    @Test func `the golden file is there`() {
        #expect(Self.golden.count > 70)
    }

    @Test(arguments: golden)
    func `counts as tiktoken does`(row: Golden) {
        let text = String(repeating: row.text, count: row.times)
        #expect(BytePairEncoding.cl100k.count(text) == row.cl100k)
        #expect(BytePairEncoding.o200k.count(text) == row.o200k)
    }

    @Test func `a long run is counted like a short one`() {
        let encoding = BytePairEncoding.o200k
        let short = encoding.count(String(repeating: "ab", count: 20_000))
        // Squared, these pairs would take an hour.
        #expect(encoding.count(String(repeating: "ab", count: 320_000)) == short * 16)
    }

    @Test func `counts the same after its memory was given back`() {
        let before = BytePairEncoding.cl100k.count("Hello, world")
        BytePairEncoding.release()
        #expect(BytePairEncoding.cl100k.count("Hello, world") == before)
    }

    @Test func `many threads count at once`() async {
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 { group.addTask { BytePairEncoding.o200k.count("The same text for everybody, 123!") } }
            return await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(counts.count == 1)
    }
}

struct TokenEncodingTests {
    @Test(arguments: [
        ("gpt-4", TokenEncoding.cl100k), ("gpt-4-turbo", .cl100k), ("gpt-3.5-turbo-1106", .cl100k),
        ("text-embedding-3-small", .cl100k), ("gpt-4o-mini-2024-07-18", .o200k), ("gpt-4.1-nano", .o200k),
        ("openai/gpt-4o", .o200k), ("ft:gpt-4o-mini:acme", .o200k), ("ft:gpt-4-0613:acme", .cl100k), ("o3", .o200k),
        ("gpt-5.4-mini", .o200k), ("claude-sonnet-5", .o200k), ("", .o200k),
    ])
    func `a name tells the encoding`(name: String, expected: TokenEncoding) {
        #expect(TokenEncoding.forModel(name) == expected)
    }
}
