/// Finds dates, amounts, addresses, names and numbers when asked for them.
enum Extraction {
    static func solve(_ ask: Ask) -> Solution? {
        guard ask.mentions("extract", "find", "list", "identify", "pull out", "which", "what"),
            let kind = wanted(ask)
        else { return nil }
        let found = Findings.all(kind, in: ask.material)
        guard !found.isEmpty else { return nil }
        let answer = found.joined(separator: "\n")
        let incomplete = found.count > 1 ? [found.dropLast().joined(separator: "\n")] : []
        let difficulty = 0.1 + 0.12 * Double(found.count) + (kind == .name ? 0.1 : 0)
        return Solution(
            answer, difficulty: difficulty, mistakes: incomplete + [misread(found[0])])
    }

    /// The kind whose cue stands first in the instruction.
    private static func wanted(_ ask: Ask) -> Findings.Kind? {
        let material = ask.material
        let instruction = Ask(text: material == ask.text ? ask.text : ask.text.replacing(material, with: " "))
        let positions = Findings.Kind.allCases.compactMap { kind in
            kind.cues.compactMap { instruction.position(of: $0) }.min().map { (kind, $0) }
        }
        return positions.min { $0.1 < $1.1 }?.0
    }

    /// The last digit one too high, or the last letter gone.
    static func misread(_ text: String) -> String {
        guard let at = text.lastIndex(where: { ("0"..."8").contains($0) }), let digit = text[at].wholeNumberValue else {
            return String(text.dropLast())
        }
        return text[..<at] + "\(digit + 1)" + text[text.index(after: at)...]
    }
}
