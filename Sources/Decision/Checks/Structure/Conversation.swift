import Dialogue

/// The words and numbers that a conversation holds, against which the arguments of a call are held.
struct Conversation {
    private var words: Set<[UInt8]> = []
    private var numbers: Set<Double> = []
    /// The numbers that stand before a percent sign, or the word.
    private var percentages: Set<Double> = []

    private static let mostBytes = 100_000
    /// Words are compared by their beginnings, so that `cities` is found in `city` and the like.
    private static let stem = 4
    private static let numerals: [String: Double] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
        "hundred": 100, "thousand": 1000, "million": 1_000_000, "half": 0.5, "once": 1, "twice": 2, "first": 1,
        "second": 2, "third": 3, "dozen": 12, "a": 1, "an": 1, "single": 1, "both": 2, "pair": 2,
    ]

    init(_ prompt: Prompt) {
        for message in prompt.messages {
            for part in message.content {
                switch part {
                case .text(let text): add(Array(text.utf8.prefix(Self.mostBytes)))
                case .toolResult(let result):
                    for case .text(let text) in result.content { add(Array(text.utf8.prefix(Self.mostBytes))) }
                case .toolCall(let call): add(Array(call.arguments.utf8.prefix(Self.mostBytes)))
                default: break
                }
            }
        }
    }

    init(_ text: String) { add(Array(text.utf8.prefix(Self.mostBytes))) }

    private mutating func add(_ bytes: [UInt8]) {
        for word in Self.words(of: bytes[...]) {
            words.insert(word)
            if let number = Self.numerals[String(decoding: word, as: UTF8.self)] { numbers.insert(number) }
        }
        var place = 0
        while place < bytes.count {
            guard bytes[place].isDigit, place == 0 || !bytes[place - 1].isLetter else {
                place += 1
                continue
            }
            let start = place
            var digits: [UInt8] = []
            while place < bytes.count {
                let byte = bytes[place]
                let isFollowed = place + 1 < bytes.count && bytes[place + 1].isDigit
                if byte.isDigit || byte == UInt8(ascii: ".") && isFollowed {
                    digits.append(byte)
                } else if byte != UInt8(ascii: ",") || !isFollowed {
                    break
                }
                place += 1
            }
            guard let number = Double(String(decoding: digits, as: UTF8.self)) else { continue }
            numbers.insert(number)
            if start > 0, bytes[start - 1] == UInt8(ascii: "-") { numbers.insert(-number) }
            for part in bytes[start..<place].split(separator: UInt8(ascii: ",")) {
                if let number = Double(String(decoding: part, as: UTF8.self)) { numbers.insert(number) }
            }
            let after = bytes[place...].prefix(9).drop { $0 == 32 }
            if after.first == UInt8(ascii: "%") || after.starts(with: "percent".utf8) { percentages.insert(number) }
            if after.first == UInt8(ascii: "k") || after.first == UInt8(ascii: "K") { numbers.insert(number * 1000) }
        }
    }

    private static func words(of bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        bytes.split { !$0.isWordByte }.map { $0.map(\.lowercased) }
    }

    /// Whether a number occurs, as it is or as so many per cent.
    func holds(_ number: Double) -> Bool {
        numbers.contains(number) || percentages.contains { abs($0 / 100 - number) < 1e-9 }
            || numbers.contains(-number)
    }

    /// Whether a number occurs before a percent sign as it is.
    func holdsAsPercentage(_ number: Double) -> Bool { number != 0 && percentages.contains(number) }

    /// How many of a text's words occur, from 0 to 1; 1 for a text without words.
    func share(of text: String) -> Double {
        let wanted = Self.words(of: Array(text.utf8.prefix(2000))[...])
        guard !wanted.isEmpty else { return 1 }
        let held = wanted.count { word in
            if words.contains(word) { return true }
            if let number = Double(String(decoding: word, as: UTF8.self)) { return holds(number) }
            guard word.count >= Self.stem else { return false }
            return words.contains { $0.count >= Self.stem && $0.starts(with: word.prefix(Self.stem)) }
        }
        return Double(held) / Double(wanted.count)
    }
}
