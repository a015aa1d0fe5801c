import Dialogue
import Embedding

extension Check {
    /// Whether the answer says the same again and again.
    static let repetition = Check(name: "completeness.repetition", applies: { $0.text.utf8.count > 80 }) {
        answer, budget, findings in
        let share = Repetition.share(of: answer.bytes, answer.lowercased)
        guard share > 0.5 else { return }
        findings.signals[.repeated] = answer.prompt.tools.isEmpty ? 1 : 0
        findings.add(
            Evidence(
                "completeness.repetition", share > 0.75 ? .fails : .unclear, strength: min(1, share),
                "\(Int(share * 100)) % of its words repeat what stands before"))
    }
}

enum Repetition {
    private static let length = 8
    private static let mostWords = 50_000
    /// The base of the polynomial that hashes a run, and what it is to the power of the first word of eight.
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let highest = (1..<length).reduce(into: UInt64(1)) { power, _ in power &*= base }

    /// The share of runs of eight words that have stood there before, or 0 where it is no more than half; found by a rolling hash (Karp and Rabin 1987).
    static func share(of text: [UInt8], _ lowercased: LowercasedText) -> Double {
        let words = words(of: text, lowercased)
        guard words.count > length + 8, mayRepeat(words) else { return 0 }
        var seen = HashSet(room: words.count)
        var repeated = 0
        var run: UInt64 = 0
        for (place, word) in words.enumerated() {
            if place >= length { run &-= words[place - length] &* highest }
            run = run &* base &+ word
            if place >= length - 1, !seen.insert(run) { repeated += 1 }
        }
        return Double(repeated) / Double(words.count - length + 1)
    }

    /// Whether half of the runs may be repeated: a quick look that is never wrong to deny it, since the last word of such a run has
    /// stood there before too.
    private static func mayRepeat(_ words: [UInt64]) -> Bool {
        // One bit for each of 1,024 kinds of words, of which a short text has a few.
        var seen = InlineArray<16, UInt64>(repeating: 0)
        var repeated = 0
        for word in words {
            let (slot, bit) = (Int(truncatingIfNeeded: word &>> 60), UInt64(1) &<< (word &>> 54 & 63))
            if seen[slot] & bit != 0 { repeated += 1 }
            seen[slot] |= bit
        }
        return 2 * repeated > words.count - length + 1
    }

    /// The hashes of what white space parts.
    private static func words(of text: [UInt8], _ lowercased: LowercasedText) -> [UInt64] {
        let span = text.span
        var words: [UInt64] = []
        words.reserveCapacity(min(span.count / 5, mostWords))
        var start = 0
        let blocks = lowercased.blocks
        for block in blocks.indices {
            var spaces = blocks[block].spaces
            while spaces != 0 {
                let end = 64 &* block &+ spaces.trailingZeroBitCount
                spaces &= spaces &- 1
                if end > start { words.append(hash(of: span, from: start, to: end)) }
                start = end &+ 1
                if words.count >= mostWords { return words }
            }
        }
        if span.count > start { words.append(hash(of: span, from: start, to: span.count)) }
        return words
    }

    @inline(__always)
    private static func hash(of text: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
        var (hash, place) = (seed, start)
        while place < end {
            hash = WordHash.mixed(hash ^ text.eightBytes(at: place).first(end &- place))
            place &+= 8
        }
        return hash
    }

    private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
}
