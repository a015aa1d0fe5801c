internal import Dialogue
internal import JSON
internal import Providers
internal import WireFormats

/// Turns a provider's events into the client's bytes, and keeps the account of them.
///
/// The end mark is held back, so that what is known of the whole exchange can be said ahead of it.
struct StreamRelay {
    private(set) var account = StreamAccount()
    private(set) var hasEnded = false
    private let passes: Bool
    private let dropsUsage: Bool
    private var encoder: CompletionEventEncoder
    private var endMark: [UInt8] = []

    /// Reads chunks of which the probabilities of tokens are hidden; nil where there are none to hide.
    private let parser: JSONParser?

    /// Relays between formats; where both sides speak the same the bytes pass as they came, but for the probabilities of tokens
    /// where a parser is given for `hiding` them.
    init(from provider: WireFormat, to client: WireFormat, prompt: Prompt, created: Int, hiding parser: JSONParser?) {
        passes = provider == client
        self.parser = parser
        dropsUsage = !prompt.streamUsage
        encoder = CompletionEventEncoder(client, created: created, includeUsage: prompt.streamUsage)
    }

    /// The bytes of an event: none for an end mark, nor for the usage that only the gateway had asked for.
    mutating func take(_ step: UpstreamStream.Step) -> [UInt8] {
        account.add(step.events)
        if step.events.contains(.end) {
            hasEnded = true
            endMark = step.raw
            return []
        }
        guard passes else { return step.events.flatMap { encoder.encode($0) } }
        if dropsUsage, step.events.count == 1, case .usage = step.events[0] { return [] }
        return parser != nil && hasTokens(step) ? withoutTokens(step.raw) : step.raw
    }

    private func hasTokens(_ step: UpstreamStream.Step) -> Bool {
        step.events.contains { event in
            switch event {
            case .tokens, .alternative(_, .tokens): true
            default: false
            }
        }
    }

    private func withoutTokens(_ event: [UInt8]) -> [UInt8] {
        guard let parser, let start = event.firstIndex(of: UInt8(ascii: "{")),
            let end = event.lastIndex(of: UInt8(ascii: "}")), let chunk = try? parser.parse(Array(event[start...end]))
        else { return event }
        return event[..<start] + chunk.withoutTokenProbabilities + event[(end + 1)...]
    }

    /// What tells the client that the answer broke off.
    mutating func fail(_ failure: APIFailure) -> [UInt8] { encoder.encode(.failure(failure)) }

    /// All that the client is still owed ahead of the end mark, and the mark.
    mutating func close(usage: TokenUsage) -> (rest: [UInt8], mark: [UInt8]) {
        if passes { return ([], endMark) }
        let counted = account.usage == nil ? encoder.encode(.usage(usage)) : []
        return (counted + encoder.flush(), encoder.encode(.end))
    }
}
