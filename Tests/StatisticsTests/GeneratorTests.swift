import LinearAlgebra
import Statistics
import Testing

@Suite struct GeneratorTests {
    @Test func `SplitMix64 gives the published sequence`() {
        var generator = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        #expect(expected.allSatisfy { $0 == generator.next() })
    }

    /// By an independent implementation in Python of the authors' C code.
    @Test func `xoshiro256 gives the sequence of the reference code, seeded by SplitMix64`() {
        var generator = Xoshiro256(seed: 42)
        let expected: [UInt64] = [
            1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009,
            17_057_574_109_182_124_193,
        ]
        #expect(expected.allSatisfy { $0 == generator.next() })
    }

    @Test func `indices and units are even and in range`() {
        var generator = Xoshiro256(seed: 1)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<7_000 { counts[generator.drawIndex(below: 7)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 1_000) < 130 })
        let units = (0..<2_000).map { _ in generator.drawUnit() }
        #expect(units.allSatisfy { (0..<1).contains($0) })
        #expect(abs(units.reduce(0, +) / 2_000 - 0.5) < 0.03)
    }

    @Test func `every order of three comes equally often, and a seed names one`() {
        var generator = SplitMix64(seed: 2)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<6_000 {
            var order = [0, 1, 2]
            generator.drawOrder(of: &order)
            counts[order, default: 0] += 1
        }
        #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 1_000) < 130 })
        var (first, second) = (Array(0..<50), Array(0..<50))
        var (one, other) = (Xoshiro256(seed: 3), Xoshiro256(seed: 3))
        one.drawOrder(of: &first)
        other.drawOrder(of: &second)
        #expect(first == second && first != Array(0..<50) && first.sorted() == Array(0..<50))
    }
}

@Suite struct BootstrapTests {
    private let rows = (0..<400).map { $0 % 4 == 0 ? 1.0 : 0 }

    private func mean(_ drawn: [Int]) -> Double? { drawn.reduce(0) { $0 + rows[$1] } / Double(drawn.count) }

    @Test func `the interval of a share is close to the normal one`() throws {
        let interval = try #require(Bootstrap(seed: 5).interval(rows: 400, mean))
        // 0.25 ± 1.96 · √(0.25 · 0.75 / 400)
        #expect(abs(interval.lower - 0.2076) < 0.008 && abs(interval.upper - 0.2924) < 0.008)
        #expect(Bootstrap(seed: 5).interval(rows: 400, mean) == interval)
        #expect(Bootstrap(seed: 6).interval(rows: 400, mean) != interval)
    }

    @Test func `groups whose rows agree widen the interval`() throws {
        // Forty groups of ten, ten of them all ones: √10 times as wide.
        let groups = (0..<40).map { group in (0..<10).map { (group % 4 == 0 ? $0 * 4 : $0 * 4 + 1) } }
        let alone = try #require(Bootstrap(seed: 7).interval(rows: 400, mean))
        let grouped = try #require(Bootstrap(seed: 7).interval(groups: groups, mean))
        let ratio = (grouped.upper - grouped.lower) / (alone.upper - alone.lower)
        #expect(ratio > 2.6 && ratio < 3.8)
    }

    @Test func `statistics of sums have the intervals of statistics of rows, many at once`() throws {
        let costs = rows.indices.map { Double($0 % 7) / 4 }
        let values = Matrix(rows: rows.count, columns: 2, values: zip(rows, costs).flatMap { [$0, $1] })
        let found = Bootstrap(draws: 130, seed: 9).intervals(sumsOf: values) { sums in
            let sums = Array(sums)
            return [sums[0] / 400, sums[1] / sums[0]]
        }
        let ratio = { (drawn: [Int]) -> Double? in
            drawn.reduce(0) { $0 + costs[$1] } / drawn.reduce(0) { $0 + rows[$1] }
        }
        let wanted = [
            try #require(Bootstrap(draws: 130, seed: 9).interval(rows: 400, mean)),
            try #require(Bootstrap(draws: 130, seed: 9).interval(rows: 400, ratio)),
        ]
        #expect(found.count == 2)
        for (own, other) in zip(found, wanted) {
            #expect(abs(own.lower - other.lower) < 1e-12 && abs(own.upper - other.upper) < 1e-12)
        }
        #expect(Bootstrap(seed: 1).intervals(sumsOf: Matrix(rows: 0, columns: 2)) { _ in [1] }.isEmpty)
    }

    @Test func `a statistic that has no value has no interval`() {
        #expect(Bootstrap(seed: 1).interval(rows: 5) { _ in nil } == nil)
        #expect(Bootstrap(seed: 1).interval(groups: []) { _ in 1 } == nil)
    }
}
