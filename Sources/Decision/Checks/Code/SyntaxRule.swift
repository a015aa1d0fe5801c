import CodeParsing
import Dialogue

extension CodeRule {
    /// Whether every block parses in its language.
    static let syntax = CodeRule { code, answer, findings in
        guard !code.blocks.isEmpty else { return }
        // Code beside that which was asked for shows how to call it, or how not to write it.
        let longest = code.blocks.map(\.code.count).max()
        let isAnswer = answer.prompt.tools.isEmpty && AskedCode(answer.ask).isAsked
        var sound: Set<String> = []
        for parsed in code.blocks {
            guard let language = parsed.language else { continue }
            switch parsed.outcome {
            case .untold:
                let reason =
                    "it has \(language.name) code that is no program, in another dialect, or too long to be parsed"
                findings.add(Evidence(name, .unclear, strength: 0.1, reason, span: parsed.block.range))
            case .sound: sound.insert(language.name)
            case .broken(let fault):
                let isMain = parsed.code.count == longest && isAnswer
                add(fault, of: parsed, language, isMain: isMain, in: answer, to: &findings)
            }
        }
        if !sound.isEmpty, !findings.signals.isAny(of: .codeBroken, .codeDoubtful) {
            let names = sound.sorted().joined(separator: " and ")
            findings.add(Evidence(name, .passes, strength: 0.2, "its \(names) code parses"))
        }
    }

    private static let name = "code.syntax"

    private static func add(
        _ fault: CodeFault, of parsed: ParsedBlock, _ language: BlockLanguage, isMain: Bool, in answer: Answer,
        to findings: inout Findings
    ) {
        func add(_ verdict: Verdict, _ strength: Double, _ reason: String) {
            findings.add(Evidence(name, verdict, strength: strength, reason, span: parsed.block.range))
        }
        let place = "line \(fault.line) of its \(language.name) code"
        // Who asks about broken code gets it quoted.
        if Squeezed.text(answer.ask.utf8Prefix).contains(Squeezed.text(parsed.block.text[...])) {
            return add(.unclear, 0.1, "\(place) does not parse, and stands so in the question")
        }
        let quote = fault.quote.isEmpty ? "" : ": `\(fault.quote)`"
        let what =
            fault.reason.map { "\(place) \($0)\(quote)" }
            ?? fault.missing.map { "\(place) lacks `\($0)`\(quote)" } ?? "\(place) does not parse\(quote)"
        let isSure = isMain && parsed.block.isFenced && !parsed.block.tag.isEmpty
        if fault.isElided {
            findings.signals[.codeDoubtful] = 1
            add(.fails, 0.5, "\(place) leaves code out\(quote)")
        } else if language.trust == .certain && isSure {
            findings.signals[.codeBroken] = 1
            add(.fails, 0.9, what)
        } else if language.trust == .advisory {
            findings.signals[.codeDoubtful] = 1
            add(.unclear, 0.3, what)
        } else {
            findings.signals[.codeDoubtful] = 1
            add(.fails, 0.6, what)
        }
    }
}

extension String {
    /// As bytes, as far as checks read.
    fileprivate var utf8Prefix: ArraySlice<UInt8> { Array(utf8.prefix(CheckBudget.mostBytes))[...] }
}

extension SignalVector {
    fileprivate func isAny(of signals: Signal...) -> Bool { signals.contains { self[$0] != 0 } }
}

extension [UInt8] {
    /// Whether a text occurs in this one.
    fileprivate func contains(_ text: [UInt8]) -> Bool { !Squeezed.places(of: text, in: self).isEmpty }
}
