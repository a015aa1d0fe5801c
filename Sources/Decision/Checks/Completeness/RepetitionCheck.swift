import Dialogue

extension Check {
    /// Whether the answer says the same again and again.
    static let repetition = Check(name: "completeness.repetition", applies: { $0.text.utf8.count > 80 }) {
        answer, budget, findings in
        let share = Repetition.share(of: answer.bytes)
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

    /// The share of runs of eight words that have stood there before, found by a rolling hash (Karp and Rabin 1987).
    static func share(of text: [UInt8]) -> Double {
        let words = words(of: text)
        guard words.count > length + 8 else { return 0 }
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

    /// The hashes (FNV-1a) of what white space parts.
    private static func words(of text: [UInt8]) -> [UInt64] {
        let empty: UInt64 = 0xcbf2_9ce4_8422_2325
        var words: [UInt64] = []
        words.reserveCapacity(min(text.count / 5, mostWords))
        var hash = empty
        for byte in text {
            guard byte.isSpace else {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
                continue
            }
            if hash != empty { words.append(hash) }
            hash = empty
            if words.count >= mostWords { break }
        }
        if hash != empty { words.append(hash) }
        return words
    }
}
