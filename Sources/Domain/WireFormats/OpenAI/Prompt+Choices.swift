package import Dialogue

extension Prompt {
    /// The most choices that OpenAI gives at once.
    private static let mostChoices = 128

    /// How many choices the client asks for (`n`).
    package var choices: Int {
        guard let asked = extras.first(where: { $0.path == "n" }) else { return 1 }
        return min(max(1, Int(String(decoding: asked.json, as: UTF8.self)) ?? 1), Self.mostChoices)
    }
}
