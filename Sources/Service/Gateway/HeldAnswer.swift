internal import Dialogue
internal import Providers
internal import Routing
internal import WireFormats

/// An answer that was read and looked at, and of which the client has seen nothing.
struct HeldAnswer {
    enum Content {
        /// The body as it came, and what it says.
        case whole([UInt8], Completion)
        /// The events of a stream, in order, and the rest of it where it was too long to be held.
        case stream([UpstreamStream.Step], rest: UpstreamStream?)
    }

    let answered: ExchangeHandler.Answered
    let content: Content
    /// The number of its attempt; nil while it has not come to its end.
    let attempt: Int?
    let draft: Draft
}
