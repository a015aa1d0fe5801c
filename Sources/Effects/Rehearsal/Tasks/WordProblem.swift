import ExactNumbers

/// Small word problems: a running amount that sentences raise, lower, multiply or share.
enum WordProblem {
    static func solve(_ ask: Ask) -> Solution? {
        guard ask.mentions("how many", "how much", "what is the total", "in total", "altogether") else { return nil }
        var amount: Rational?
        var working = ""
        var steps = 0
        for (at, word) in ask.words.enumerated() {
            guard let number = word.number else { continue }
            guard let before = amount else {
                amount = number
                continue
            }
            guard let step = step(at: at, in: ask),
                let after = step.apply(before, number)
            else { continue }
            working += "\(before) \(step.rawValue) \(number) = \(after)\n"
            amount = after
            steps += 1
        }
        guard let amount, steps > 0 else { return nil }
        return Arithmetic.solution(working, amount, difficulty: 0.15 + 0.17 * Double(steps))
    }

    private enum Step: String {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divided = "/"

        func apply(_ left: Rational, _ right: Rational) -> Rational? {
            switch self {
            case .plus: left.plus(right)
            case .minus: left.minus(right)
            case .times: left.times(right)
            case .divided: left.divided(by: right)
            }
        }
    }

    /// What the words since the number before this one say to do; `each` and its kin may also follow.
    private static func step(at index: Int, in ask: Ask) -> Step? {
        let before = ask.words[..<index].reversed().prefix { $0.number == nil }.map(\.lower)
        let around = before + ask.words[index...].prefix(3).map(\.lower)
        if !dividing.isDisjoint(with: around) { return .divided }
        if !multiplying.isDisjoint(with: around) { return .times }
        if !lowering.isDisjoint(with: before) { return .minus }
        if !raising.isDisjoint(with: around) { return .plus }
        return nil
    }

    private static let dividing: Set = [
        "shared", "shares", "share", "divided", "divides", "split", "splits", "equally",
    ]
    private static let multiplying: Set = ["each", "every", "per", "apiece", "times"]
    private static let lowering: Set = [
        "gives", "gave", "give", "loses", "lost", "lose", "eats", "ate", "eat", "sells", "sold", "sell", "uses", "used",
        "spends", "spent", "spend", "removes", "removed", "breaks", "broke", "leave", "leaves", "left", "fewer", "less",
        "pays", "paid",
    ]
    private static let raising: Set = [
        "buys", "bought", "buy", "gets", "got", "get", "finds", "found", "find", "receives", "received", "more", "adds",
        "added", "picks", "picked", "earns", "earned", "and", "plus", "arrive", "join", "joined", "wins", "won",
    ]
}
