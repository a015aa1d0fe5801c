import JSON
import Journal
import Ledger
import Testing

struct JournalLineTests {
    static let entries: [JournalEntry] = [
        .intent(.sample(1)), .exchange(.sample(2)), .exchange(.sample(3)), .outcome(.sample),
        .pair(.sample), .exchange(.shadow),
    ]

    static func line(_ entry: JournalEntry) -> [UInt8] {
        var json = JSONWriter()
        JournalLine.write(entry, to: &json)
        return json.bytes
    }

    @Test(arguments: entries)
    func `a record reads back as it was written, on one line`(entry: JournalEntry) {
        let line = Self.line(entry)
        #expect(line.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(JournalLine.decode(line.dropLast(), with: JSONParser()) == entry)
    }

    @Test func `a record cut anywhere is none`() {
        let line = Self.line(.exchange(.sample(1))).dropLast()
        for count in 0..<line.count { #expect(JournalLine.decode(line.prefix(count), with: JSONParser()) == nil) }
    }

    @Test func `a record with any bit turned is none`() {
        let line = Self.line(.intent(.sample(1))).dropLast()
        for place in line.indices {
            var damaged = line
            damaged[place] ^= 1
            #expect(JournalLine.decode(damaged, with: JSONParser()) == nil)
        }
    }
}
