import Embedding
import Testing

@Suite struct VectorStepsTests {
    @Test(arguments: [0, 1, 5, 16, 256, 261])
    func `each number is the nearest step`(count: Int) {
        var seed: UInt64 = 7
        let vector = (0..<count).map { _ in
            seed = seed &* 6_364_136_223_846_793_005 &+ 1
            return Float(Int64(bitPattern: seed) >> 40) / 1_000_000
        }
        let kept = VectorSteps(of: vector)
        let most = vector.map(\.magnitude).max() ?? 0
        #expect(kept.scale == most / 127)
        let inverse = most > 0 ? 1 / kept.scale : 0
        let expected = vector.map { UInt8(bitPattern: Int8(($0 * inverse).rounded(.toNearestOrEven))) }
        #expect(kept.steps == expected)
    }

    @Test func `zeros have no scale`() {
        let kept = VectorSteps(of: [0, -0, 0])
        #expect(kept.scale == 0)
        #expect(kept.steps == [0, 0, 0])
    }
}
