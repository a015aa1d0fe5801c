package import Dialogue

/// What may be done about a failed attempt.
package enum Recourse: Sendable, Equatable {
    /// The same provider may answer in a moment.
    case retry
    /// This deployment cannot answer; another may.
    case nextCandidate
    /// Every deployment would say the same: the client must change the request.
    case giveUp

    /// The recourse that a failure leaves.
    ///
    /// What the provider holds against its own caller (key, quota, unknown model, context too small) is no fault of the
    /// client's request: another candidate may well answer it.
    /// Who kept the gateway waiting for too long is not asked again: each wait is long, and may be charged for.
    package init(after failure: APIFailure) {
        switch failure.kind {
        case .timeout where failure.isImpatience: self = .nextCandidate
        case .rateLimited, .overloaded, .timeout, .upstream: self = .retry
        case .authentication, .permission, .notFound, .quotaExceeded, .requestTooLarge, .internalError:
            self = .nextCandidate
        case .invalidRequest:
            self = failure.code == "context_length_exceeded" ? .nextCandidate : .giveUp
        }
    }
}

/// When and how long to wait before the same provider is asked again.
package struct RetryPolicy: Sendable {
    /// Tries of one candidate, the first included.
    package var tries: Int
    /// The wait before the second try; it doubles with every further one.
    package var firstDelay: Duration
    /// No single wait is longer, whatever the provider asks for.
    package var longestDelay: Duration

    package init(tries: Int = 3, firstDelay: Duration = .milliseconds(200), longestDelay: Duration = .seconds(5)) {
        self.tries = tries
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// The wait before try number `next` (1 is the first retry), or nil if there is to be none.
    ///
    /// Full jitter (AWS Architecture Blog, "Exponential Backoff and Jitter", 2015): uniform between zero and the
    /// exponential bound, `uniform` being a draw from 0..<1. A provider's `retry-after` is waited for if it is no longer
    /// than the longest delay, else the next candidate is asked at once.
    package func delay(before next: Int, after failure: APIFailure, remaining: Duration, uniform: Double) -> Duration? {
        guard next < tries else { return nil }
        let delay: Duration
        if let asked = failure.retryAfter {
            delay = .seconds(asked)
            guard delay <= longestDelay else { return nil }
        } else {
            let bound = min(firstDelay * (1 << min(next - 1, 16)), longestDelay)
            delay = bound * uniform
        }
        return delay < remaining ? delay : nil
    }
}
