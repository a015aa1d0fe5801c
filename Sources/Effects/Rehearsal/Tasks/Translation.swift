/// Translates a phrase book into four languages.
enum Translation {
    static func solve(_ ask: Ask) -> Solution? {
        guard ask.mentions("translate", "translation", "how do you say", "say"),
            let language = languages.firstIndex(where: { ask.mentions($0) })
        else { return nil }
        let phrase = ask.quoted.max { $0.count < $1.count } ?? ask.text
        let wanted = Ask(text: phrase)
        let entries = book.filter { wanted.mentions($0[0]) }
        guard let entry = entries.max(by: { $0[0].count < $1[0].count }) else {
            return Solution(
                "I do not know how to translate that into \(languages[language].capitalised).", difficulty: 0)
        }
        let others = languages.indices.filter { $0 != language }.map { entry[$0 + 1] }
        return Solution(
            entry[language + 1], difficulty: 0.1 + 0.08 * Double(entry[0].split(separator: " ").count), mistakes: others
        )
    }

    private static let languages = ["german", "french", "spanish", "italian"]
    private static let book = [
        ["hello", "Hallo", "Bonjour", "Hola", "Ciao"],
        ["good morning", "Guten Morgen", "Bonjour", "Buenos días", "Buongiorno"],
        ["good evening", "Guten Abend", "Bonsoir", "Buenas noches", "Buonasera"],
        ["good night", "Gute Nacht", "Bonne nuit", "Buenas noches", "Buonanotte"],
        ["goodbye", "Auf Wiedersehen", "Au revoir", "Adiós", "Arrivederci"],
        ["thank you", "Danke", "Merci", "Gracias", "Grazie"],
        ["thank you very much", "Vielen Dank", "Merci beaucoup", "Muchas gracias", "Grazie mille"],
        ["please", "Bitte", "S'il vous plaît", "Por favor", "Per favore"],
        ["excuse me", "Entschuldigung", "Excusez-moi", "Disculpe", "Mi scusi"],
        ["how are you", "Wie geht es Ihnen?", "Comment allez-vous ?", "¿Cómo está?", "Come sta?"],
        ["what is your name", "Wie heißen Sie?", "Comment vous appelez-vous ?", "¿Cómo se llama?", "Come si chiama?"],
        [
            "where is the station", "Wo ist der Bahnhof?", "Où est la gare ?", "¿Dónde está la estación?",
            "Dov'è la stazione?",
        ],
        ["how much does it cost", "Wie viel kostet das?", "Combien ça coûte ?", "¿Cuánto cuesta?", "Quanto costa?"],
        ["i do not understand", "Ich verstehe nicht", "Je ne comprends pas", "No entiendo", "Non capisco"],
        [
            "the bill please", "Die Rechnung, bitte", "L'addition, s'il vous plaît", "La cuenta, por favor",
            "Il conto, per favore",
        ],
        ["see you tomorrow", "Bis morgen", "À demain", "Hasta mañana", "A domani"],
        ["i love you", "Ich liebe dich", "Je t'aime", "Te quiero", "Ti amo"],
        ["happy birthday", "Alles Gute zum Geburtstag", "Joyeux anniversaire", "Feliz cumpleaños", "Buon compleanno"],
    ]
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
