/// The numbers that a text has in words: `half a million`, `twenty-five`, `three percent`.
struct NumberWords {
    private(set) var numbers: [Double] = []
    private(set) var percentages: [Double] = []
    /// How many of the words count something; `a` and `first` do not.
    private(set) var count = 0

    private enum Meaning {
        case number(Double)
        /// It multiplies the number before it.
        case scale(Double)
        /// So many times a year.
        case frequency(Double)
        case percent
    }

    private static let meanings: WordTable<Meaning> = WordTable([
        "zero": .number(0), "one once first a an single": .number(1), "two twice second both pair": .number(2),
        "three third": .number(3), "four": .number(4), "five": .number(5), "six": .number(6), "seven": .number(7),
        "eight": .number(8), "nine": .number(9), "ten": .number(10), "eleven": .number(11), "twelve": .number(12),
        "thirteen": .number(13), "fourteen": .number(14), "fifteen": .number(15), "sixteen": .number(16),
        "seventeen": .number(17), "eighteen": .number(18), "nineteen": .number(19), "twenty": .number(20),
        "thirty": .number(30), "forty": .number(40), "fifty": .number(50), "sixty": .number(60),
        "seventy": .number(70), "eighty": .number(80), "ninety": .number(90), "half": .number(0.5),
        "dozen": .scale(12), "hundred": .scale(100), "thousand": .scale(1000), "million": .scale(1e6),
        "billion": .scale(1e9),
        "annually yearly": .frequency(1), "semiannually": .frequency(2), "quarterly": .frequency(4),
        "monthly": .frequency(12), "weekly": .frequency(52), "daily": .frequency(365),
        "percent": .percent,
    ])

    /// What a word multiplies the number before it by.
    static func scale(_ word: Word) -> Double? {
        if case .scale(let scale)? = meanings[word] { scale } else { nil }
    }

    init(_ words: [Word]) {
        var last: Double?
        for word in words {
            switch Self.meanings[word] {
            case nil: last = nil
            case .percent?:
                if let last { percentages.append(last) }
                last = nil
            case .frequency(let times)?:
                numbers.append(times)
                last = nil
            case .scale(let scale)?:
                last = add((last ?? 1) * scale)
                numbers.append(scale)
                count += 1
            case .number(let number)?:
                numbers.append(number)
                if number >= 2 { count += 1 }
                if let tens = last, (20...90).contains(tens), (1...9).contains(number) {
                    last = add(tens + number)
                } else if last != 0.5 || number != 1 {
                    // `half a million` goes on.
                    last = number
                }
            }
        }
    }

    private mutating func add(_ number: Double) -> Double {
        numbers.append(number)
        return number
    }
}
