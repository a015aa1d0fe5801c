import CodeParsing
import Dialogue

extension CodeRule {
    /// Whether functions in Python use names that nothing defines: neither they, nor the answer's other code, nor the
    /// question.
    static let names = CodeRule { code, answer, findings in
        let programs = code.pythons
        // Beside tools, code calls them.
        guard !programs.isEmpty, answer.prompt.tools.isEmpty else { return }
        let names = programs.map(PythonNames.init)
        guard !names.contains(where: \.isOpen) else { return }
        let bound = names.reduce(into: PythonNames.builtins) { $0.formUnion($1.bound) }
        let question = Set(answer.prompt.messages.flatMap { $0.text.words })
        for (program, names) in zip(programs, names) {
            let missing = names.used.filter {
                !bound.contains($0.key) && !question.contains($0.key[...]) && !$0.key.hasPrefix("__")
            }
            guard let first = missing.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { continue }
            findings.signals[.nameUndefined] = 1
            findings.add(
                Evidence(
                    "code.names", .fails, strength: 0.6,
                    "line \(first.value) of its Python code uses `\(first.key.prefix(40))`, which nothing defines",
                    span: program.block.range))
        }
    }
}

extension String {
    /// Its words as programs have them: letters, digits and underscores.
    fileprivate var words: [Substring] { split { !$0.isLetter && !$0.isNumber && $0 != "_" } }
}
