import Foundation
import FuzzedParsers
import Testing

/// That no parser crashes (which would end the run); `Scripts/fuzz` looks for more.
@Suite struct FuzzedParsersTests {
    private static let seeds = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../FuzzingSeeds")
    private static let names = FuzzedParser.all.map(\.name)

    @Test func `each parser has a name of its own, and each folder of seeds a parser`() throws {
        #expect(Set(Self.names).count == Self.names.count)
        for folder in try FileManager.default.contentsOfDirectory(atPath: Self.seeds.path) {
            #expect(Self.names.contains(folder), "no parser reads Tests/FuzzingSeeds/\(folder)")
        }
    }

    @Test(arguments: names) func `reads seeds, cut seeds and noise to their end`(_ name: String) throws {
        let parser = try #require(FuzzedParser.all.first { $0.name == name })
        let folder = Self.seeds.appending(path: name)
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        for file in files {
            let bytes = Array(try Data(contentsOf: file))
            parser.read(bytes)
            for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 20)) {
                parser.read(Array(bytes[..<length]))
            }
        }
        var noise = SeededNoise(state: 1)
        for length in 0..<100 { parser.read((0..<length).map { _ in noise.byte() }) }
    }
}

/// The same bytes in each run, by Knuth's linear congruence (The Art of Computer Programming, 3.3.4).
private struct SeededNoise {
    var state: UInt64

    mutating func byte() -> UInt8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
    }
}
