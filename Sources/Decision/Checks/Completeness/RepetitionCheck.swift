import Dialogue

extension Check {
    /// Whether the answer says the same again and again.
    static let repetition = Check(name: "completeness.repetition", applies: { $0.text.utf8.count > 200 }) {
        answer, budget, findings in
        let share = Repetition.share(of: answer.bytes)
        findings.signals[.repeated] = share
        guard share > 0.5 else { return }
        findings.add(
            Evidence(
                "completeness.repetition", share > 0.75 ? .fails : .unclear, strength: min(1, share),
                "\(Int(share * 100)) % of its words repeat what stands before"))
    }
}

enum Repetition {
    private static let length = 8
    private static let mostWords = 50_000

    /// The share of runs of eight words that have stood there before.
    static func share(of text: [UInt8]) -> Double {
        var words: [UInt64] = []
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var inWord = false
        for byte in text {
            if byte.isSpace {
                if inWord { words.append(hash) }
                (hash, inWord) = (0xcbf2_9ce4_8422_2325, false)
                if words.count >= mostWords { break }
            } else {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
                inWord = true
            }
        }
        if inWord { words.append(hash) }
        guard words.count > length + 8 else { return 0 }
        var seen: Set<UInt64> = []
        var repeated = 0
        for start in 0...(words.count - length) {
            var run: UInt64 = 0
            for word in words[start..<start + length] { run = (run &* 0x9E37_79B9_7F4A_7C15) ^ word }
            if !seen.insert(run).inserted { repeated += 1 }
        }
        return Double(repeated) / Double(words.count - length + 1)
    }
}
