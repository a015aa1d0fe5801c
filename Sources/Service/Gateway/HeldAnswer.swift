internal import Dialogue
internal import Providers
internal import Routing
internal import WireFormats

/// An answer that was looked at, whole or its beginning, and of which the client has seen nothing.
struct HeldAnswer {
    enum Content {
        /// The body as it came, and what it says.
        case whole([UInt8], Completion)
        /// The events of a stream, in order, and the rest of it where it was not read to its end.
        case stream([UpstreamStream.Step], rest: UpstreamStream?)
    }

    let answered: ExchangeHandler.Answered
    let content: Content
    let judgement: Judgement
    let draft: Draft
    /// Whether its attempt is accounted for: it has come to its end.
    let isAccounted: Bool
}
