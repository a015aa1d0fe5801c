/// Chooses among given options, or says whether a text is positive or negative.
enum Classification {
    static func solve(_ ask: Ask) -> Solution? {
        let isSentiment = ask.mentions("sentiment")
        guard isSentiment || ask.mentions("classify", "categorise", "categorize", "category", "label", "which of")
        else {
            return nil
        }
        let given = options(in: ask.text) ?? options(in: ask.instructions)
        let options = given ?? (isSentiment ? ["positive", "negative", "neutral"] : [])
        guard options.count > 1 else { return nil }
        let scores = scores(of: options, in: subject(of: ask, without: options))
        guard let best = scores.indices.max(by: { scores[$0] < scores[$1] || (scores[$0] == scores[$1] && $0 > $1) })
        else { return nil }
        let rest = scores.indices.filter { $0 != best }
        let margin = scores[best] - (rest.map { scores[$0] }.max() ?? 0)
        let difficulty = margin >= 2 ? 0.1 : margin >= 1 ? 0.3 : 0.7
        return Solution(
            options[best], difficulty: difficulty + 0.02 * Double(options.count),
            mistakes: rest.map { options[$0] })
    }

    /// `as A, B or C`, `one of: A, B, C`, `categories: A, B, C`, `into A, B and C`.
    static func options(in text: String) -> [String]? {
        let lower = text.lowercased()
        for opening in [
            "one of:", "one of", "categories:", "options:", "labels:", "category:", "either", " as ", " into ",
        ] {
            guard let found = lower.firstRange(of: opening) else { continue }
            let offset = lower.distance(from: lower.startIndex, to: found.upperBound)
            guard let start = text.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) else { continue }
            let list = text[start...].drop { " :(\n".contains($0) }.prefix { !".:\n?;)".contains($0) }
            let items = list.replacing(" or ", with: ",").replacing(" and ", with: ",")
                .split(separator: ",").map { String(trimmed($0)) }.filter { !$0.isEmpty }
            if items.count > 1, items.allSatisfy({ $0.split(separator: " ").count <= 3 }) { return items }
        }
        return nil
    }

    /// The text to classify: the options, if they stand in it, are no evidence.
    private static func subject(of ask: Ask, without options: [String]) -> [String] {
        let text =
            ask.quoted.max { $0.count < $1.count } ?? ask.text.split(separator: ":").last.map(String.init) ?? ask.text
        let names = Set(options.map { $0.lowercased() })
        let words = Ask.words(of: text).map(\.lower)
        return ask.quoted.isEmpty && text == ask.text ? words.filter { !names.contains($0) } : words
    }

    private static func scores(of options: [String], in words: [String]) -> [Double] {
        let mood = mood(of: words)
        return options.map { option in
            let name = option.lowercased()
            switch name {
            case "positive", "good": return mood
            case "negative", "bad": return -mood
            case "neutral", "mixed": return mood == 0 ? 1 : 0
            default:
                let cues = (cues[name] ?? []).union(name.split(separator: " ").map(String.init))
                return Double(words.filter { word in cues.contains { word.hasPrefix($0) } }.count)
            }
        }
    }

    /// Praise less blame; a negation turns the next two words round.
    static func mood(of words: [String]) -> Double {
        var sum = 0.0
        for (at, word) in words.enumerated() {
            let weight = praise.contains(word) ? 1.0 : blame.contains(word) ? -1.0 : 0
            let isTurned = words[max(0, at - 2)..<at].contains {
                ["not", "never", "no", "don't", "isn't"].contains($0)
            }
            sum += isTurned ? -weight : weight
        }
        return sum
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { " \"'`*-".contains($0) }
        while let last = text.last, " \"'`*".contains(last) { text.removeLast() }
        return text
    }

    private static let praise: Set = [
        "good", "great", "love", "loved", "excellent", "amazing", "wonderful", "perfect", "happy", "best", "fantastic",
        "helpful", "delicious", "recommend", "pleased", "fast", "friendly", "enjoyed", "brilliant", "superb",
    ]
    private static let blame: Set = [
        "bad", "terrible", "hate", "hated", "awful", "horrible", "poor", "worst", "broken", "disappointed", "slow",
        "rude", "useless", "disappointing", "waste", "angry", "dirty", "boring", "late", "defective",
    ]
    private static let cues: [String: Set<String>] = [
        "billing": ["invoice", "charge", "refund", "pay", "bill", "card", "price", "subscription"],
        "technical": ["crash", "error", "bug", "log", "install", "broken", "fail", "load", "screen"],
        "shipping": ["deliver", "ship", "package", "parcel", "track", "arrive", "courier"],
        "account": ["password", "login", "account", "username", "sign", "email"],
        "sports": ["match", "team", "goal", "player", "coach", "league", "score", "win"],
        "politics": ["election", "minister", "president", "parliament", "vote", "government", "party"],
        "business": ["market", "profit", "company", "shares", "revenue", "stock", "merger"],
        "science": ["research", "study", "planet", "cell", "physics", "species", "telescope"],
        "technology": ["software", "computer", "chip", "phone", "app", "robot", "data"],
        "question": ["what", "how", "why", "when", "where", "who"],
        "complaint": ["disappoint", "broken", "late", "unacceptable", "angry", "terrible"],
        "spam": ["free", "winner", "prize", "click", "offer", "lottery", "cash"],
    ]
}
