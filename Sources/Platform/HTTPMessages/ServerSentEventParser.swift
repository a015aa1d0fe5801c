/// Why a stream of events cannot be read on.
package enum ServerSentEventError: Error, Hashable, Sendable {
    /// An event, with the comments before it, takes more bytes than `limit`.
    case tooLarge(limit: Int)
}

/// Cuts a `text/event-stream` into events (WHATWG HTML, section 9.2.6), however it arrives in pieces.
///
/// The `raw` bytes of all events and ``remainder`` together are the input, byte for byte. Time is linear in the input;
/// memory is what was appended and not yet taken.
package struct ServerSentEventParser: Sendable {
    private let limit: Int
    private var buffer: [UInt8] = []
    /// Where the event being read begins, where its line being read begins, and the first byte not looked at.
    private var start = 0
    private var line = 0
    private var scan = 0
    private var event: String?
    private var dataLines: [Range<Int>] = []
    private var isAtStreamStart = true
    private var isFinished = false
    private var endedWithPair = false
    private var mayMeetLineFeed = false

    /// Creates a parser that refuses events of more than `limit` bytes.
    package init(limit: Int = 8 << 20) {
        self.limit = limit
    }

    /// Takes the next piece of the stream.
    package mutating func append(_ bytes: [UInt8]) {
        if start == buffer.count {
            buffer = bytes
            shift(by: start)
        } else {
            if start > buffer.count / 2 {
                buffer.removeFirst(start)
                shift(by: start)
            }
            buffer += bytes
        }
    }

    /// Says that nothing more will come; ``next()`` may then yield an event that waited for its last line feed.
    package mutating func finish() {
        isFinished = true
    }

    /// The bytes behind the last event: comments, or an event that was cut off, which is no event.
    package var remainder: [UInt8] { Array(buffer[start...]) }

    /// The next whole event; nil until more is appended.
    package mutating func next() throws(ServerSentEventError) -> ServerSentEvent? {
        guard skipByteOrderMark() else { return nil }
        while let end = endOfLine() {
            let content = line..<end.content
            line = end.next
            scan = end.next
            if content.isEmpty {
                if let event = try close() { return event }
            } else {
                read(content)
            }
        }
        if scan - start > limit { throw .tooLarge(limit: limit) }
        if start == buffer.count { release() }
        return nil
    }

    /// Lets all bytes go, which have been taken: a stream may be silent for long.
    private mutating func release() {
        shift(by: start)
        buffer = []
    }

    private mutating func shift(by offset: Int) {
        start -= offset
        line -= offset
        scan -= offset
        for index in dataLines.indices {
            dataLines[index] = (dataLines[index].lowerBound - offset)..<(dataLines[index].upperBound - offset)
        }
    }

    /// False while it is open whether the stream begins with a byte order mark.
    private mutating func skipByteOrderMark() -> Bool {
        guard isAtStreamStart else { return true }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let head = buffer.prefix(3)
        if !isFinished && head.count < 3 && mark.starts(with: head) { return false }
        isAtStreamStart = false
        if head.elementsEqual(mark) {
            line = 3
            scan = 3
        }
        return true
    }

    /// Where the current line's content ends and where the next line begins; nil if its end has not come yet.
    private mutating func endOfLine() -> (content: Int, next: Int)? {
        if mayMeetLineFeed && scan < buffer.count {
            mayMeetLineFeed = false
            if buffer[scan] == UInt8(ascii: "\n") {
                scan += 1
                line = scan
            }
        }
        scan = lineBreak(from: scan)
        guard scan < buffer.count else { return nil }
        if buffer[scan] == UInt8(ascii: "\r") { return endAtCarriageReturn() }
        endedWithPair = false
        return (scan, scan + 1)
    }

    /// The next line feed or carriage return, or the end of what is here.
    private func lineBreak(from start: Int) -> Int {
        let bytes = buffer.span
        var index = start
        while index < bytes.count && bytes[index] != UInt8(ascii: "\n") && bytes[index] != UInt8(ascii: "\r") {
            index += 1
        }
        return index
    }

    // A carriage return ends a line alone or with the line feed behind it. Only for a blank line is it worth a guess when
    // that byte has not come, since its event would wait for it; where lines ended in pairs so far, the pair is awaited.
    private mutating func endAtCarriageReturn() -> (content: Int, next: Int)? {
        if scan + 1 < buffer.count {
            endedWithPair = buffer[scan + 1] == UInt8(ascii: "\n")
            return (scan, scan + (endedWithPair ? 2 : 1))
        }
        guard isFinished || (scan == line && !endedWithPair) else { return nil }
        mayMeetLineFeed = true
        return (scan, scan + 1)
    }

    private mutating func read(_ content: Range<Int>) {
        let colon = buffer[content].firstIndex(of: UInt8(ascii: ":")) ?? content.upperBound
        var value = min(colon + 1, content.upperBound)
        if value < content.upperBound && buffer[value] == UInt8(ascii: " ") { value += 1 }
        let name = buffer[content.lowerBound..<colon]
        if name.elementsEqual("data".utf8) {
            dataLines.append(value..<content.upperBound)
        } else if name.elementsEqual("event".utf8) {
            event = String(decoding: buffer[value..<content.upperBound], as: UTF8.self)
        }
    }

    /// At a blank line: the event, unless it has no data; then its bytes stay with the next one's.
    private mutating func close() throws(ServerSentEventError) -> ServerSentEvent? {
        if scan - start > limit { throw .tooLarge(limit: limit) }
        guard let first = dataLines.first else {
            event = nil
            return nil
        }
        var data = Array(buffer[first])
        for next in dataLines.dropFirst() {
            data.append(UInt8(ascii: "\n"))
            data += buffer[next]
        }
        let raw = start == 0 && scan == buffer.count ? buffer : Array(buffer[start..<scan])
        let name = event.flatMap { $0.isEmpty ? nil : $0 }
        start = scan
        event = nil
        dataLines.removeAll(keepingCapacity: true)
        return ServerSentEvent(event: name, data: data, raw: raw)
    }
}
