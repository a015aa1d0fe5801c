internal import Dialogue
internal import Settings

/// Something that goes wrong on purpose, so that clients and gateways can be tested against it.
package enum Fault: Hashable, Sendable {
    /// An error response with this status; 429 carries `retry-after`.
    case status(Int)
    /// The response begins late.
    case slowFirstByte(Duration)
    /// A stream stops in the middle for a while, then goes on.
    case stall(Duration)
    /// The connection is cut in the middle of the body.
    case cut
    /// A body that is no JSON and no event stream, with status 200.
    case garbage
    /// A whole answer without usage.
    case noUsage
    /// An error event in the middle of a stream; a whole answer becomes status 500.
    case streamError

    /// Reads `429`, `slow`, `slow=500ms`, `stall=2s`, `cut`, `garbage`, `no-usage` or `stream-error`; times default to
    /// one second and end at ten minutes.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first else { return nil }
        let time = parts.count == 2 ? Setting.duration(String(parts[1])) : .seconds(1)
        guard let time, time <= .seconds(600) else { return nil }
        switch name {
        case "slow": self = .slowFirstByte(time)
        case "stall": self = .stall(time)
        case "cut" where parts.count == 1: self = .cut
        case "garbage" where parts.count == 1: self = .garbage
        case "no-usage" where parts.count == 1: self = .noUsage
        case "stream-error" where parts.count == 1: self = .streamError
        default:
            guard parts.count == 1, let status = Int(name), (400...599).contains(status) else { return nil }
            self = .status(status)
        }
    }

    /// The words that name faults, for help and error texts.
    package static let names = "a status such as 429, slow[=500ms], stall[=2s], cut, garbage, no-usage or stream-error"

    /// The failure that a status stands for, in either API's words.
    static func failure(status: Int) -> APIFailure {
        let kind: APIFailure.Kind =
            switch status {
            case 401: .authentication
            case 403: .permission
            case 404: .notFound
            case 408, 504: .timeout
            case 413: .requestTooLarge
            case 429: .rateLimited
            case 503, 529: .overloaded
            case 500...: .internalError
            default: .invalidRequest
            }
        return APIFailure(
            kind, status: status, message: "Rehearsed failure with status \(status).", code: nil,
            retryAfter: status == 429 ? 1 : nil)
    }
}

/// Faults that strike at random, in an order that the seed fixes.
package struct FaultPlan: Sendable {
    private let faults: [Fault]
    private let probability: Double
    private let seed: UInt64

    /// Each of the faults is as likely as any other; `probability`, from 0 to 1, is that of any of them.
    package init(_ faults: [Fault], probability: Double, seed: UInt64) {
        self.faults = faults
        self.probability = probability
        self.seed = seed
    }

    package static let none = FaultPlan([], probability: 0, seed: 0)

    /// What befalls the request of that number, if anything does.
    package func fault(request number: Int) -> Fault? {
        var chance = Chance(seed: seed, "fault \(number)")
        return chance.unit() < probability ? faults.randomElement(using: &chance) : nil
    }
}
