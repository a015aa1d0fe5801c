import HTTPMessages
import Testing

struct ServerSentEventParserTests {
    private struct Seen: Equatable {
        var event: String?
        var data: String
    }

    private static func parse(
        _ text: String, piece: Int, limit: Int = 1 << 20
    ) throws -> (seen: [Seen], copied: String) {
        let bytes = Array(text.utf8)
        var parser = ServerSentEventParser(limit: limit)
        var seen: [Seen] = []
        var copied: [UInt8] = []
        func take() throws {
            while let event = try parser.next() {
                seen.append(Seen(event: event.event, data: String(decoding: event.data, as: UTF8.self)))
                copied += event.raw
            }
        }
        for start in stride(from: 0, to: bytes.count, by: piece) {
            parser.append(Array(bytes[start..<min(start + piece, bytes.count)]))
            try take()
        }
        parser.finish()
        try take()
        return (seen, String(decoding: copied + parser.remainder, as: UTF8.self))
    }

    private static let cases: [(text: String, expected: [Seen])] = [
        ("data: a\n\n", [Seen(event: nil, data: "a")]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", [Seen(event: nil, data: "a"), Seen(event: nil, data: "b")]),
        ("data: a\r\rdata: b\r\r", [Seen(event: nil, data: "a"), Seen(event: nil, data: "b")]),
        ("data: a\r\r\ndata: b\n\r", [Seen(event: nil, data: "a"), Seen(event: nil, data: "b")]),
        ("\u{FEFF}data: a\n\n", [Seen(event: nil, data: "a")]),
        ("\u{FEFF}\u{FEFF}data: a\n\ndata: b\n\n", [Seen(event: nil, data: "b")]),
        (": note\n\nevent: tick\ndata: a\n\n", [Seen(event: "tick", data: "a")]),
        ("event: lost\n\ndata: a\n\n", [Seen(event: nil, data: "a")]),
        ("event: x\nevent: y\ndata: a\n\n", [Seen(event: "y", data: "a")]),
        ("event\ndata: a\n\n", [Seen(event: nil, data: "a")]),
        ("data: a\ndata:b\ndata:  c\ndata\n\n", [Seen(event: nil, data: "a\nb\n c\n")]),
        ("data\n\n", [Seen(event: nil, data: "")]),
        ("data:\n\n", [Seen(event: nil, data: "")]),
        ("id: 7\nretry: 10\nwhat: x\ndata: {\"a\":1}\n\n", [Seen(event: nil, data: "{\"a\":1}")]),
        ("data: å∫ç😀\n\n", [Seen(event: nil, data: "å∫ç😀")]),
        ("data: a\n\ndata: cut", [Seen(event: nil, data: "a")]),
        ("data: a\n\ndata: cut\n", [Seen(event: nil, data: "a")]),
        ("\n\n\ndata: a\n\n\n: end\n\n", [Seen(event: nil, data: "a")]),
        ("", []),
    ]

    @Test(arguments: cases.indices, [1, 2, 3, 5, 1000])
    func `reads the events whatever the pieces, and keeps every byte`(index: Int, piece: Int) throws {
        let (text, expected) = Self.cases[index]
        let (seen, copied) = try Self.parse(text, piece: piece)
        #expect(seen == expected)
        #expect(copied == text)
    }

    @Test func `gives an event with its comments and its blank line`() throws {
        var parser = ServerSentEventParser()
        parser.append(Array("data: a\n\n: wait\n\ndata: b\nid: 1\n\ndata: c".utf8))
        #expect(try parser.next()?.raw == Array("data: a\n\n".utf8))
        #expect(try parser.next()?.raw == Array(": wait\n\ndata: b\nid: 1\n\n".utf8))
        #expect(try parser.next() == nil)
        #expect(parser.remainder == Array("data: c".utf8))
    }

    @Test(arguments: ["data: a\n\n", "data: a\r\n\r\n", "data: a\r\r"])
    func `yields an event as soon as its blank line is there`(text: String) throws {
        var parser = ServerSentEventParser()
        parser.append(Array(text.utf8))
        #expect(try parser.next()?.data == Array("a".utf8))
    }

    @Test func `awaits the line feed of a blank line whose stream ends lines in pairs`() throws {
        var parser = ServerSentEventParser()
        parser.append(Array("data: a\r\n\r".utf8))
        #expect(try parser.next() == nil)
        parser.append(Array("\ndata".utf8))
        #expect(try parser.next()?.raw == Array("data: a\r\n\r\n".utf8))
    }

    @Test(arguments: [1, 7, 4096])
    func `refuses an event over its limit, finished or not`(piece: Int) {
        let long = "data: " + String(repeating: "x", count: 200)
        #expect(throws: ServerSentEventError.tooLarge(limit: 100)) {
            try Self.parse(long, piece: piece, limit: 100)
        }
        #expect(throws: ServerSentEventError.tooLarge(limit: 100)) {
            try Self.parse(long + "\n\n", piece: piece, limit: 100)
        }
    }

    @Test func `allows any number of events under the limit`() throws {
        let text = String(repeating: "data: 0123456789\n\n", count: 1000)
        #expect(try Self.parse(text, piece: 333, limit: 20).seen.count == 1000)
    }

    @Test(.timeLimit(.minutes(1)))
    func `takes a large event that drips in without looking at a byte twice`() throws {
        let text = "data: " + String(repeating: "x", count: 2_000_000) + "\n\n"
        #expect(try Self.parse(text, piece: 64, limit: 4 << 20).seen.count == 1)
    }

    @Test(
        arguments: [
            (nil, "{}", "data: {}\n\n"), ("ping", "", "event: ping\ndata: \n\n"),
            (nil, "a\nb\r\nc\rd", "data: a\ndata: b\ndata: c\ndata: d\n\n"),
        ] as [(String?, String, String)])
    func `writes an event that reads back`(event: String?, data: String, expected: String) throws {
        let written = ServerSentEvent(event: event, data: Array(data.utf8))
        #expect(String(decoding: written.raw, as: UTF8.self) == expected)
        var parser = ServerSentEventParser()
        parser.append(written.raw)
        let read = try #require(try parser.next())
        #expect(read.event == event)
        #expect(read.raw == written.raw)
    }

    @Test func `cuts an event's name at a line break`() {
        #expect(ServerSentEvent(event: "a\ndata: x", data: []).raw == Array("event: a\ndata: \n\n".utf8))
    }
}
