import Dialogue
import Embedding

/// The words and numbers that a conversation holds, against which the arguments of a call are held.
struct Conversation {
    private var vocabulary = Vocabulary()
    /// The keys of the numbers.
    private var numbers = HashSet()
    /// How many numbers stand in it, those written in words among them.
    private(set) var numberCount = 0
    /// The numbers that stand before a percent sign, or the word; ascending.
    private var percentages: [Double] = []

    private var bytes = 0
    private var bytesBeyondASCII = 0

    private static let mostBytes = 100_000

    /// Reads a conversation; nil where the time is over before its end.
    init?(_ prompt: Prompt, within budget: borrowing CheckBudget) {
        for message in prompt.messages {
            for part in message.content {
                guard !budget.isSpent else { return nil }
                switch part {
                case .text(let text): add(Array(text.utf8))
                case .toolResult(let result): for case .text(let text) in result.content { add(Array(text.utf8)) }
                case .toolCall(let call): add(Array(call.arguments.utf8))
                default: break
                }
            }
        }
        percentages.sort()
    }

    init(_ text: [UInt8]) {
        add(text)
        percentages.sort()
    }

    private mutating func add(_ text: [UInt8]) {
        let text = text.prefix(Self.mostBytes)
        bytes += text.count
        bytesBeyondASCII += text.count { $0 >= 0x80 }
        let words = Word.all(in: text)
        vocabulary.add(words)
        let spoken = NumberWords(words)
        for number in spoken.numbers { numbers.insert(Self.key(number)) }
        percentages += spoken.percentages
        numberCount += spoken.count
        var place = 0
        while place < text.endIndex {
            if text[place].isDigit, place == 0 || !text[place - 1].isLetter {
                place = addNumber(at: place, of: text)
            } else {
                place += 1
            }
        }
    }

    /// Takes in the number that begins at a place; returns its end.
    private mutating func addNumber(at start: Int, of text: ArraySlice<UInt8>) -> Int {
        var place = start
        var digits: [UInt8] = []
        while place < text.endIndex {
            let byte = text[place]
            let isFollowed = place + 1 < text.endIndex && text[place + 1].isDigit
            if byte.isDigit || byte == UInt8(ascii: ".") && isFollowed {
                digits.append(byte)
            } else if byte != UInt8(ascii: ",") || !isFollowed {
                break
            }
            place += 1
        }
        guard let number = Digits.value(of: digits[...]) else { return place }
        numbers.insert(Self.key(number))
        numberCount += 1
        if start > 0, text[start - 1] == UInt8(ascii: "-") { numbers.insert(Self.key(-number)) }
        if digits.count < place - start {
            for part in text[start..<place].split(separator: UInt8(ascii: ",")) {
                if let number = Digits.value(of: part) { numbers.insert(Self.key(number)) }
            }
        }
        let after = text[place...].prefix(9).drop { $0 == 32 }
        if after.first == UInt8(ascii: "%") || after.starts(with: "percent".utf8) { percentages.append(number) }
        if after.first?.lowercased == UInt8(ascii: "k") { numbers.insert(Self.key(number * 1000)) }
        if let scale = Word(beginning: after).flatMap(NumberWords.scale) { numbers.insert(Self.key(number * scale)) }
        return place
    }

    /// A number's bits as no other number has them, and never zero; 0 and -0 are the same.
    private static func key(_ number: Double) -> UInt64 { (number + 0).bitPattern &+ 1 }

    /// Whether a number occurs, as it is or as so many per cent.
    func holds(_ number: Double) -> Bool {
        if numbers.contains(Self.key(number)) || numbers.contains(Self.key(-number)) { return true }
        let above = place(ofPercentage: number * 100)
        return percentages[max(above - 1, 0)...].prefix(2).contains { abs($0 / 100 - number) < 1e-9 }
    }

    /// Whether a number occurs before a percent sign as it is.
    func holdsAsPercentage(_ number: Double) -> Bool {
        number != 0 && percentages[place(ofPercentage: number)...].first == number
    }

    /// The place of the first percentage that is not less.
    private func place(ofPercentage number: Double) -> Int {
        var (low, high) = (0, percentages.count)
        while low < high {
            let middle = (low + high) / 2
            if percentages[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many of a text's words occur, from 0 to 1; 1 for a text without words.
    func share(of text: [UInt8]) -> Double {
        let text = text.prefix(2_000)
        return share(of: Word.all(in: text), in: text)
    }

    /// How many of some words of a text occur, from 0 to 1; 1 without words.
    func share(of words: [Word], in text: ArraySlice<UInt8>) -> Double {
        guard !words.isEmpty else { return 1 }
        let held = words.count { word in
            if vocabulary.contains(word) { return true }
            if text[word.range.lowerBound].isDigit, let number = Digits.value(of: text[word.range]) {
                return holds(number)
            }
            // `XK7P2Q` is not `XK7PQ2`, though both begin alike.
            return !text[word.range].contains(where: \.isDigit) && vocabulary.containsStem(of: word)
        }
        return Double(held) / Double(words.count)
    }

    /// Whether one of some words occurs.
    func says(anyOf words: [Word]) -> Bool { words.contains(where: vocabulary.contains) }

    /// Whether it is written in another script than that of English.
    var isOfAnotherScript: Bool { bytesBeyondASCII * 3 > bytes }
}
