package import Dialogue
package import HTTPMessages
package import JSON

/// Reads one provider's stream, event by event.
package struct CompletionEventDecoder: Sendable {
    private let format: WireFormat
    private var chat = ChatStream()
    private var messages = MessagesStream()

    package init(_ format: WireFormat) {
        self.format = format
    }

    /// What an event says: nothing for pings, several things for a rich one.
    ///
    /// From OpenAI's format `[.usage]` alone is the last chunk of a stream that was asked to report usage.
    ///
    /// - Throws: a 502 if the event is not JSON.
    package mutating func decode(
        _ event: ServerSentEvent, parser: JSONParser
    ) throws(APIFailure) -> [CompletionEvent] {
        if format == .openai && event.data.elementsEqual("[DONE]".utf8) { return [.end] }
        let document: JSONDocument
        do { document = try parser.parse(event.data) } catch { throw .unreadable }
        let root = document.root
        if root.present("error") != nil { return [.failure(APIFailure(provider: root, status: 0))] }
        return format == .openai ? chat.read(root) : messages.read(root)
    }
}
