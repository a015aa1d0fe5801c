/// One event of a `text/event-stream` (WHATWG HTML, section 9.2).
package struct ServerSentEvent: Hashable, Sendable {
    /// The value of the last `event` line; nil where there is none.
    package let event: String?
    /// The values of the `data` lines, joined by line feeds.
    package let data: [UInt8]
    /// The exact bytes from the end of the event before to the blank line that closes this one, which is included;
    /// comments and lines of other fields are in it too.
    package let raw: [UInt8]

    init(event: String?, data: [UInt8], raw: [UInt8]) {
        self.event = event
        self.data = data
        self.raw = raw
    }

    /// An event to be sent: `raw` is what goes on the wire, with one `data` line for each line of `data`.
    ///
    /// Line breaks within a name would end it early: what follows the first is left out.
    package init(event: String? = nil, data: [UInt8]) {
        let lineFeed = UInt8(ascii: "\n")
        let carriageReturn = UInt8(ascii: "\r")
        let name = event.map { $0.utf8.prefix { $0 != lineFeed && $0 != carriageReturn } }
        var raw: [UInt8] = []
        raw.reserveCapacity(data.count + (name?.count ?? 0) + 24)
        if let name {
            raw += "event: ".utf8
            raw += name
            raw.append(lineFeed)
        }
        var rest = data[...]
        while let end = rest.firstIndex(where: { $0 == lineFeed || $0 == carriageReturn }) {
            raw += "data: ".utf8
            raw += rest[..<end]
            raw.append(lineFeed)
            let isPair = rest[end] == carriageReturn && end + 1 < rest.endIndex && rest[end + 1] == lineFeed
            rest = rest[(end + (isPair ? 2 : 1))...]
        }
        raw += "data: ".utf8
        raw += rest
        raw += "\n\n".utf8
        self.init(event: name.flatMap { String($0) }, data: data, raw: raw)
    }

    /// The bytes of a comment, which clients skip: keeps a quiet connection alive, or carries a note.
    ///
    /// `text` must be one line.
    package static func comment(_ text: String) -> [UInt8] {
        Array(": \(text)\n\n".utf8)
    }
}
