import CodeParsing
import Dialogue

extension CodeRule {
    /// Whether the function that was asked for is there, and takes what its tests give it.
    static let asked = CodeRule { code, answer, findings in
        guard !code.blocks.isEmpty else { return }
        let asked = AskedCode(answer.ask)
        guard let name = asked.function else { return }
        guard code.blocks.contains(where: { $0.block.text.hasName(name) }) else {
            findings.signals[.functionMissing] = 1
            findings.add(
                Evidence(
                    "code.asked", .fails, strength: 0.6, "its code has no `\(name.prefix(40))`, which was asked for"))
            return
        }
        guard let count = asked.arguments else { return }
        let functions = code.pythons.flatMap(\.functions).filter { $0.name == name && !$0.isMethod }
        guard let last = functions.last, count < last.fewest || count > last.most ?? .max else { return }
        findings.signals[.signatureMissed] = 1
        findings.add(
            Evidence(
                "code.asked", .fails, strength: 0.8,
                "`\(name.prefix(40))` is to take \(count) arguments and takes \(last.takes)"))
    }
}

extension PythonFunction {
    /// How many arguments it takes, in words.
    fileprivate var takes: String {
        guard let most else { return "\(fewest) or more" }
        return most == fewest ? "\(most)" : "\(fewest) to \(most)"
    }
}

extension [UInt8] {
    /// Whether a name occurs in a program, not as a part of another.
    fileprivate func hasName(_ name: String) -> Bool {
        let name = Array(name.utf8)
        guard let first = name.first, count >= name.count else { return false }
        for start in indices.dropLast(name.count - 1) where self[start] == first {
            let end = start + name.count
            if self[start..<end].elementsEqual(name), start == 0 || !self[start - 1].isNamePart,
                end == count || !self[end].isNamePart
            {
                return true
            }
        }
        return false
    }
}
