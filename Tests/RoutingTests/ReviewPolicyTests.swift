import Routing
import Testing

struct ReviewPolicyTests {
    @Test(
        arguments: [
            (0.4, [], [], [], [.doubtful]), (0.34, [], [], [], []), (0.46, [], [], [], []),
            (0.9, [0.5], [0.5], [], [.checksDisagree]), (0.9, [0.9], [0.4], [], []), (0.1, [], [0.9, 0.9], [], []),
            // One of two, one of three each, two of three, two pairs.
            (0.9, [], [], [1, 1], [.opinionsSplit]), (0.9, [], [], [1, 1, 1], [.opinionsSplit]),
            (0.9, [], [], [2, 2, 1], []), (0.9, [], [], [2, 2, 2, 2], [.opinionsSplit]), (0.9, [], [], [1], []),
            (0.4, [0.6], [0.7], [1, 1], [.doubtful, .checksDisagree, .opinionsSplit]),
        ] as [(Double, [Double], [Double], [Int], [ReviewReason])])
    func `says why an answer is ambiguous`(
        _ p: Double, _ passing: [Double], _ failing: [Double], _ opinions: [Int], _ reasons: [ReviewReason]
    ) {
        var policy = ReviewPolicy()
        #expect(policy.reasons(probability: p, passing: passing, failing: failing, opinions: opinions) == reasons)
        policy.action = .off
        #expect(policy.reasons(probability: p, passing: passing, failing: failing, opinions: opinions).isEmpty)
    }

    @Test(arguments: [(159, 100, false), (160, 0, true), (0, 800, true), (0, 799, false)])
    func `enough is held back by tokens or by time`(_ bytes: Int, _ milliseconds: Int, _ isOver: Bool) {
        let both = HoldBack(tokens: 40, time: .milliseconds(800))
        #expect(both.isOver(bytes: bytes, elapsed: .milliseconds(milliseconds)) == isOver)
        #expect(!HoldBack(tokens: 40).isOver(bytes: 10, elapsed: .seconds(100)))
    }
}
