package import Dialogue

/// Writes one client's stream as server-sent events.
///
/// Usage that follows the finish is written at once, so that `.end` yields the end mark and nothing else. Where a provider
/// sends no usage behind its finish, call ``flush()`` before writing anything directly ahead of the end mark.
package struct CompletionEventEncoder: Sendable {
    private let format: WireFormat
    private var chat: ChatStreamWriter
    private var messages = MessagesStreamWriter()

    /// Creates an encoder; `created` is in seconds since 1970, `includeUsage` is about OpenAI's usage chunk.
    package init(_ format: WireFormat, created: Int, includeUsage: Bool) {
        self.format = format
        chat = ChatStreamWriter(created: created, includesUsage: includeUsage)
    }

    /// The bytes that tell the client of an event; often none.
    package mutating func encode(_ event: CompletionEvent) -> [UInt8] {
        format == .openai ? chat.write(event) : messages.write(event)
    }

    /// All that must precede the end mark and was not written yet; the end is then just its mark.
    package mutating func flush() -> [UInt8] {
        format == .openai ? chat.flush() : messages.flush()
    }
}
