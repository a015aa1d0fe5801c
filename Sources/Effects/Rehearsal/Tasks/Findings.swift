/// What can be found in a text by its form: addresses, dates, amounts, names, numbers.
enum Findings {
    /// Something that a text can be searched for.
    enum Kind: CaseIterable {
        case email, date, amount, url, phone, name, number

        /// Words that ask for it.
        var cues: [String] {
            switch self {
            case .email: ["email", "emails", "e", "mail", "mails"]
            case .date: ["date", "dates", "day", "deadline", "when"]
            case .amount: ["amount", "amounts", "price", "prices", "cost", "costs", "total", "sum", "money"]
            case .url: ["url", "urls", "link", "links", "website"]
            case .phone: ["phone", "phones", "telephone"]
            case .name: ["name", "names", "person", "people", "who", "customer", "author"]
            case .number: ["number", "numbers", "quantity", "count", "age"]
            }
        }
    }

    static func all(_ kind: Kind, in text: String) -> [String] {
        switch kind {
        case .email: pieces(text).filter { isAddress($0) }
        case .url: pieces(text).filter { $0.hasPrefix("http://") || $0.hasPrefix("https://") || $0.hasPrefix("www.") }
        case .date: dates(text)
        case .amount: amounts(text)
        case .phone: phones(text)
        case .name: names(text)
        case .number: Ask.words(of: text).compactMap { $0.number.map { "\($0)" } }
        }
    }

    private static func pieces(_ text: String) -> [String] {
        text.split { $0.isWhitespace || "<>()[]{}\"';".contains($0) }.map { piece in
            var piece = piece
            while let last = piece.last, ".,:!?".contains(last) { piece.removeLast() }
            return String(piece)
        }
    }

    private static func isAddress(_ piece: String) -> Bool {
        let parts = piece.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
    }

    /// `2024-03-05`, `05/03/2024`, `5 March 2024`, `March 5, 2024`, `March 5th`.
    private static func dates(_ text: String) -> [String] {
        var found = pieces(text).filter { piece in
            let parts = piece.split { $0 == "-" || $0 == "/" || $0 == "." }
            return parts.count == 3 && parts.allSatisfy { Int($0) != nil } && parts.contains { $0.count == 4 }
                && piece.count <= 10
        }
        let words = text.split { $0.isWhitespace }
        for (at, word) in words.enumerated() where months.contains(bare(word).lowercased()) {
            let before = at > 0 ? day(words[at - 1]) : nil
            let after = at + 1 < words.count ? day(words[at + 1]) : nil
            let yearAt = before != nil ? at + 1 : at + 2
            let year = yearAt < words.count ? bare(words[yearAt]) : ""
            let ending = year.count == 4 && Int(year) != nil ? (before == nil ? ", \(year)" : " \(year)") : ""
            if let before {
                found.append("\(before) \(bare(word))\(ending)")
            } else if let after {
                found.append("\(bare(word)) \(after)\(ending)")
            }
        }
        return found
    }

    private static func bare(_ word: Substring) -> String { word.filter { $0.isLetter || $0.isNumber } }

    private static func day(_ word: Substring) -> String? {
        let digits = bare(word).prefix { $0.isNumber }
        return Int(digits).flatMap { (1...31).contains($0) ? String($0) : nil }
    }

    private static func amounts(_ text: String) -> [String] {
        var found: [String] = []
        let words = Ask.words(of: text)
        for (at, word) in words.enumerated() where word.number != nil && word.text.first?.isNumber == true {
            let next = at + 1 < words.count ? words[at + 1].lower : ""
            if word.isMoney {
                found.append("\(text[text.index(before: word.text.startIndex)])\(word.text)")
            } else if currencies.contains(next) {
                found.append("\(word.text) \(words[at + 1].text)")
            }
        }
        return found
    }

    private static func phones(_ text: String) -> [String] {
        let runs = text.split { !($0.isNumber || "+-() ".contains($0)) }
        return runs.map { run in String(run.drop { $0 == " " || $0 == "-" }) }.compactMap { run in
            var run = run
            while run.last == " " || run.last == "-" { run.removeLast() }
            let digits = run.filter { $0.isNumber }.count
            return (7...15).contains(digits) && run.contains { "+-() ".contains($0) } && dates(run).isEmpty ? run : nil
        }
    }

    /// Capitalised words in a row that are no months, days or ordinary openings of a sentence.
    private static func names(_ text: String) -> [String] {
        var found: [String] = []
        var run: [Substring] = []
        var end: String.Index?
        func close() {
            if !run.isEmpty { found.append(run.joined(separator: " ")) }
            run = []
        }
        for word in Ask.words(of: text) {
            let joins = end.map { text[$0..<word.text.startIndex].allSatisfy { $0 == " " } } ?? false
            if !joins { close() }
            let isName =
                word.isCapitalised && !ordinary.contains(word.lower) && !months.contains(word.lower)
                && text[word.text.endIndex...].first != "@" && word.number == nil
            if isName { run.append(word.text) } else { close() }
            end = word.text.endIndex
        }
        close()
        return found
    }

    private static let months: Set = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let currencies: Set = ["dollars", "euros", "pounds", "usd", "eur", "gbp", "cents", "yen"]
    private static let ordinary: Set = [
        "a", "an", "the", "i", "we", "he", "she", "it", "they", "you", "my", "our", "your", "his", "her", "please",
        "contact", "extract", "find", "list", "dear", "hello", "hi", "thanks", "thank", "what", "who", "when", "where",
        "how", "why", "is", "are", "do", "does", "can", "could", "on", "in", "at", "from", "to", "and", "or", "but",
        "if", "this", "that", "there", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "text", "answer", "return", "give", "get", "write", "call", "mail", "email", "invoice", "order", "json", "book",
        "customer", "client", "user", "yesterday", "today", "tomorrow", "mr", "mrs", "ms", "dr", "with", "for", "then",
        "calculate", "classify", "translate", "summarise", "summarize", "send", "add", "show", "tell", "let",
    ]
}
