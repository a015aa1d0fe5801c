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
        let kept = steps(of: vector)
        let most = vector.map(\.magnitude).max() ?? 0
        #expect(kept.scale == most / 127)
        let inverse = most > 0 ? 1 / kept.scale : 0
        let expected = vector.map { UInt8(bitPattern: Int8(($0 * inverse).rounded(.toNearestOrEven))) }
        #expect(kept.steps == expected)
    }

    @Test func `zeros have no scale`() {
        let kept = steps(of: [0, -0, 0])
        #expect(kept.scale == 0)
        #expect(kept.steps == [0, 0, 0])
    }

    /// What is appended behind another byte.
    private func steps(of vector: [Float]) -> (scale: Float, steps: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 5 + vector.count) { bytes in
            bytes.append(9)
            bytes.append(stepsOf: vector)
        }
        #expect(bytes.count == 5 + vector.count && bytes[0] == 9)
        let scale = bytes[1..<5].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return (Float(bitPattern: scale), Array(bytes.dropFirst(5)))
    }
}
