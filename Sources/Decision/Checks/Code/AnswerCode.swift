import CodeParsing

/// The code of an answer, parsed once for all that is to be found in it.
struct AnswerCode {
    let blocks: [ParsedBlock]

    init(_ answer: Answer, within budget: borrowing CheckBudget) {
        var parsed: [ParsedBlock] = []
        for block in CodeBlock.all(in: answer.bytes) where !budget.isSpent {
            parsed.append(ParsedBlock(block, within: budget.remaining))
        }
        blocks = parsed
    }

    /// The programs in Python that parse.
    var pythons: [PythonProgram] {
        blocks.compactMap { parsed in
            guard case .sound(let tree?) = parsed.outcome, tree.language == .python else { return nil }
            return PythonProgram(tree, text: parsed.code, block: parsed.block)
        }
    }
}

/// A block, and what its grammar says of it.
struct ParsedBlock {
    enum Outcome {
        /// It has no grammar here, is a dialogue with an interpreter or SQL in another dialect, or takes too long.
        case untold
        /// It parses; SQL without a tree.
        case sound(SyntaxTree?)
        case broken(CodeFault)
    }

    let block: CodeBlock
    let language: BlockLanguage?
    /// The text that was parsed, line for line the block's.
    let code: [UInt8]
    let outcome: Outcome

    init(_ block: CodeBlock, within time: Duration) {
        self.block = block
        language = block.tag.isEmpty ? BlockLanguage(guessedFrom: block.text) : BlockLanguage(tag: block.tag)
        code =
            switch language {
            case .program(.python): PythonProgram.withoutMagic(block.text)
            case .program(.php) where !block.text.starts(with: "<".utf8): Array("<?php ".utf8) + block.text
            default: block.text
            }
        outcome = language.map { [code] in Self.outcome(of: code, as: $0, within: time) } ?? .untold
    }

    private static func outcome(of code: [UInt8], as language: BlockLanguage, within time: Duration) -> Outcome {
        guard !isDialogue(code) else { return .untold }
        do throws(ParseLimit) {
            switch language {
            case .sql(let isPostgres):
                guard let fault = try PostgresSyntax.fault(in: code[...]) else { return .sound(nil) }
                if !isPostgres, SQLDialect.isForeign(code) { return .untold }
                return .broken(CodeFault(at: fault.offset, in: code, missing: nil))
            case .program(let language): return try outcome(ofProgram: code, as: language, within: time)
            }
        } catch {
            return .untold
        }
    }

    private static func outcome(
        ofProgram code: [UInt8], as language: CodeLanguage, within time: Duration
    ) throws(ParseLimit) -> Outcome {
        let tree = try SyntaxTree.parse(code[...], as: language, within: time)
        if let node = tree.firstFault {
            let isPart = try isPart(code, of: language, within: time)
            return isPart ? .sound(nil) : .broken(CodeFault(node, of: tree, in: code))
        }
        let fault =
            switch language {
            case .python: PythonLayout(tree, text: code).fault
            case .go: GoLayout(tree, text: code).fault
            default: nil as CodeFault?
            }
        return fault.map(Outcome.broken) ?? .sound(tree)
    }

    /// Whether it parses as a part of what a program's text has around it: a constructor, say, in a class.
    private static func isPart(
        _ code: [UInt8], of language: CodeLanguage, within time: Duration
    ) throws(ParseLimit) -> Bool {
        guard language == .java else { return false }
        let whole = Array("class A {\n".utf8) + code + Array("\n}".utf8)
        return try SyntaxTree.parse(whole[...], as: language, within: time).firstFault == nil
    }

    /// Whether it shows what someone typed and what came back.
    private static func isDialogue(_ code: [UInt8]) -> Bool {
        [">>> ", "$ ", "In [", "mysql> ", "postgres=# ", "C:\\"].contains { code.starts(with: $0.utf8) }
    }
}

/// Why a text does not parse, and where.
struct CodeFault: Equatable {
    /// From 1.
    let line: Int
    /// The line itself, without the white space around it.
    let quote: String
    /// What is wanted there, if that is known.
    let missing: String?
    /// What is wrong with it, if more is known than that it does not parse.
    let reason: String?
    /// Whether the line, or one beside it, leaves code out with an ellipsis.
    let isElided: Bool

    init(at offset: Int, in text: [UInt8], missing: String?, reason: String? = nil) {
        var (line, number, before) = (0..<0, 0, 0..<0)
        for next in CodeBlock.lines(of: text) {
            (before, line) = (line, next)
            number += 1
            if next.upperBound >= offset { break }
        }
        let after = text[min(line.upperBound + 1, text.count)...].prefix { $0 != 10 }
        isElided = [text[before], text[line], after].contains(where: Self.leavesOut)
        self.line = number
        quote = text[line].trimmed.quoted(40)
        self.missing = missing
        self.reason = reason
    }

    init(_ node: SyntaxTree.Node, of tree: SyntaxTree, in text: [UInt8]) {
        let missing = node.fault == .missing ? tree.language.kinds[node.kind] : nil
        self.init(at: node.range.lowerBound, in: text, missing: missing)
    }

    private static func leavesOut(_ line: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: line.prefix(200), as: UTF8.self)
        return text.contains("...") || text.contains("…")
    }
}
