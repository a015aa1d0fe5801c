import QueryTypes
import Testing

struct QueryTypeCentresTests {
    private static let points: [[Float]] = (0..<90).map { index in
        let shift = Float(index / 3 % 5) / 50
        return [[0 + shift, 0], [5, 5 + shift], [-5 - shift, 5]][index % 3]
    }

    @Test func `clear groups are found, and equal input gives equal centres`() {
        let types = QueryTypeCentres(of: Self.points, count: 3)
        #expect(types.centres.count == 3)
        #expect(types == QueryTypeCentres(of: Self.points, count: 3))
        let found = Self.points.map { types.nearest($0) }
        #expect(Set(found).count == 3)
        for index in Self.points.indices { #expect(found[index] == found[index % 3]) }
    }

    @Test func `no points, or no types asked for, is no type`() {
        #expect(QueryTypeCentres(of: [], count: 4).nearest([1, 2]) == nil)
        #expect(QueryTypeCentres(of: Self.points, count: 0).nearest([1, 2]) == nil)
        #expect(QueryTypeCentres(of: [[1, 1]], count: 4).centres == [[1, 1]])
    }

    @Test func `types that move with their points keep their numbers`() {
        let types = QueryTypeCentres(of: Self.points, count: 3)
        let moved = Self.points.map { [$0[0] + 1, $0[1] - 1] }
        let grown = types.grown(among: moved, count: 8, least: 25)
        #expect(grown.numbers == types.numbers)
        for (before, after) in zip(Self.points, moved) { #expect(types.nearest(before) == grown.nearest(after)) }
    }

    @Test func `where there were too few points for any, types are found among more`() {
        let none = QueryTypeCentres(of: Array(Self.points.prefix(2)), count: 0)
        #expect(none.centres.isEmpty)
        #expect(none.grown(among: Self.points, count: 3, least: 25) == QueryTypeCentres(of: Self.points, count: 3))
    }

    @Test(arguments: [(10, 3), (60, 4)])
    func `only enough prompts far off found a type`(_ count: Int, _ types: Int) {
        let before = QueryTypeCentres(centres: QueryTypeCentres(of: Self.points, count: 3).centres, numbers: [4, 7, 2])
        let farOff = (0..<count).map { [Float(-20) - Float($0 % 5) / 10, -20] }
        let grown = before.grown(among: Self.points + farOff, count: 8, least: 40)
        #expect(grown.numbers == [4, 7, 2, 8].prefix(types) + [])
        #expect(grown.centres.count == types)
    }
}
