extension CodeRule {
    /// Whether the function in Python that is to return something does.
    static let returns = CodeRule { code, answer, findings in
        let programs = code.pythons
        guard !programs.isEmpty else { return }
        let asked = AskedCode(answer.ask)
        guard asked.wantsValue else { return }
        for program in programs {
            let functions = program.functions.filter { !$0.isMethod && $0.hasBody }
            let meant = asked.function.map { name in functions.filter { $0.name == name } } ?? functions
            guard meant.count == 1, let function = meant.first, !function.returns, !function.prints else { continue }
            findings.signals[.returnMissing] = 1
            findings.add(
                Evidence(
                    "code.returns", .fails, strength: 0.6, "`\(function.name.prefix(40))` returns nothing",
                    span: program.block.range))
        }
    }
}
