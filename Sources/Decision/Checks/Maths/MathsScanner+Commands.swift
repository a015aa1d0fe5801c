extension MathsScanner {
    /// A command of LaTeX, or an escape of JSON text.
    mutating func scanCommand() {
        var end = place + 1
        while end < text.endIndex, text[end].isLetter { end += 1 }
        let name = text[place + 1..<end]
        let isPlain = name.allSatisfy { $0 >= UInt8(ascii: "a") }
        switch isPlain ? Word(beginning: name).flatMap({ Self.commands[$0] }) : nil {
        // A cube root is none of the operations.
        case .token(.root)? where end < text.endIndex && text[end] == UInt8(ascii: "["): add(.word, end - place)
        case .token(let kind)?: add(kind, end - place)
        case .fraction?:
            awaitsNumerator = true
            place = end
        case .nothing?: place = end
        // A command inside JSON text, where its backslash is written twice.
        case nil where name.isEmpty && byte(1) == UInt8(ascii: "\\") && byte(2).isLetter: place += 1
        case nil where name.isEmpty && byte(1) == UInt8(ascii: "%"):
            place += 2
            found.takePercentSign(upTo: place)
        case nil where name.isEmpty:
            place = byte(1) == UInt8(ascii: "n") ? place + 1 : min(place + 2, text.endIndex)
        // A line break written as an escape inside JSON text.
        case nil where name.first == UInt8(ascii: "n"): add(.boundary, 2)
        case nil: add(.word, end - place)
        }
    }

    private enum Command {
        case token(MathsToken.Kind), fraction, nothing
    }

    /// The commands of LaTeX that are no words.
    private static let commands: WordTable<Command> = WordTable([
        "times cdot": .token(.times), "div": .token(.divided), "sqrt": .token(.root),
        "approx simeq": .token(.nearlyEquals), "frac dfrac tfrac": .fraction,
        "left right quad qquad text mathrm mathbf boxed displaystyle": .nothing,
    ])

    /// The digits of `\frac12`, each of which counts by itself.
    mutating func scanShortFraction() {
        awaitsNumerator = false
        add(.fraction, 0)
        addDigit()
        add(.close, 0)
        scanDenominator()
    }

    /// What follows a numerator: the brace or the digit that is the denominator.
    mutating func scanDenominator() {
        var next = place
        while next < text.endIndex, text[next] == 32 { next += 1 }
        guard next < text.endIndex else { return }
        if text[next] == UInt8(ascii: "{") {
            add(.divided, 0)
        } else if text[next].isDigit {
            place = next
            add(.divided, 0)
            add(.open, 0)
            addDigit()
            add(.close, 0)
        }
    }

    private mutating func addDigit() {
        var digits = Digits()
        digits.add(byte())
        found.add(digits.number, place..<place + 1)
        place += 1
    }
}
