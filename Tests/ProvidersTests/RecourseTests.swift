import Dialogue
import Providers
import Testing

@Suite struct RecourseTests {
    @Test(arguments: [
        (APIFailure.Kind.rateLimited, nil, Recourse.retry), (.overloaded, nil, .retry), (.timeout, nil, .retry),
        (.upstream, nil, .retry), (.authentication, nil, .nextCandidate), (.permission, nil, .nextCandidate),
        (.notFound, nil, .nextCandidate), (.quotaExceeded, nil, .nextCandidate),
        (.requestTooLarge, nil, .nextCandidate), (.invalidRequest, nil, .giveUp),
        (.invalidRequest, "context_length_exceeded", .nextCandidate),
    ])
    func `a failure leaves its recourse`(kind: APIFailure.Kind, code: String?, expected: Recourse) {
        #expect(Recourse(after: APIFailure(kind, status: 400, message: "", code: code)) == expected)
    }

    private let overloaded = APIFailure(.overloaded, status: 503, message: "")

    @Test(arguments: [(1, 100), (2, 200), (3, 400), (9, 2500)])
    func `waits double up to the longest, scaled by the draw`(next: Int, milliseconds: Int) {
        let policy = RetryPolicy(tries: 10)
        let delay = policy.delay(before: next, after: overloaded, remaining: .seconds(60), uniform: 0.5)
        #expect(delay == .milliseconds(milliseconds))
    }

    @Test func `gives up after the last try`() {
        #expect(RetryPolicy(tries: 2).delay(before: 2, after: overloaded, remaining: .seconds(60), uniform: 0) == nil)
    }

    @Test func `does not wait beyond the deadline`() {
        #expect(RetryPolicy().delay(before: 1, after: overloaded, remaining: .milliseconds(10), uniform: 0.9) == nil)
    }

    @Test(arguments: [(2.0, Duration.seconds(2)), (30.0, nil)])
    func `waits as long as the provider asks unless that is too long`(asked: Double, expected: Duration?) {
        let failure = APIFailure(.rateLimited, status: 429, message: "", retryAfter: asked)
        #expect(RetryPolicy().delay(before: 1, after: failure, remaining: .seconds(60), uniform: 0) == expected)
    }
}
