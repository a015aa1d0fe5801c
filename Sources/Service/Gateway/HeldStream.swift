internal import Dialogue
internal import Providers
internal import WireFormats

/// A stream as its client gets it, and the account of what it says: what is held back of it lies here, the rest is passed on.
///
/// Bound to the loop. The bytes are kept once, in pieces, each of which is let go as it leaves: a thousand answers that are held take
/// little more than they weigh.
final class HeldStream {
    private static let pieceSize = 16 * 1024

    /// Where the rest comes from; nil once the stream has been read to its end.
    var rest: UpstreamStream?
    private var relay: StreamRelay
    private let isDeliverable: Bool
    private var pieces: [[UInt8]] = []

    /// Nothing is kept of the bytes of one that is not deliverable: it is only looked at.
    init(through relay: StreamRelay, isDeliverable: Bool) {
        self.relay = relay
        self.isDeliverable = isDeliverable
    }

    var account: StreamAccount { relay.account }

    /// Whether the end mark has come.
    var hasEnded: Bool { relay.hasEnded }

    /// Holds an event back.
    func hold(_ step: UpstreamStream.Step) {
        let bytes = relay.take(step)
        guard isDeliverable else { return }
        if let last = pieces.indices.last, pieces[last].count + bytes.count <= Self.pieceSize {
            pieces[last] += bytes
        } else {
            // The first grows with a short answer; more follow only where a long one fills them.
            if !pieces.isEmpty {
                pieces.append([])
                pieces[pieces.count - 1].reserveCapacity(Self.pieceSize)
                pieces[pieces.count - 1] += bytes
            } else {
                pieces.append(bytes)
            }
        }
    }

    /// The next of the bytes that were held back, which are let go; nil when all have been taken.
    func takePiece() -> [UInt8]? { pieces.isEmpty ? nil : pieces.removeFirst() }

    /// The bytes of an event that is passed on as it comes.
    func pass(_ step: UpstreamStream.Step) -> [UInt8] { relay.take(step) }

    /// What tells the client that the answer broke off.
    func fail(_ failure: APIFailure) -> [UInt8] { relay.fail(failure) }

    /// All that the client is still owed ahead of the end mark, and the mark.
    func close(usage: TokenUsage) -> (rest: [UInt8], mark: [UInt8]) { relay.close(usage: usage) }
}
