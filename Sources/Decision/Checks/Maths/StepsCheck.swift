import Dialogue

extension Check {
    /// Works out again every equation between numbers.
    static let steps = Check(name: "maths.steps", applies: { !$0.text.isEmpty }) { answer, budget, findings in
        let text = answer.bytes[...]
        guard mayCompute(text) else { return }
        let steps = ComputedStep.all(in: answer.maths)
        var (right, near, wrong) = (0.0, 0.0, 0.0)
        var isRefuted = false
        for step in steps {
            switch step.judgement {
            case .right: right += 1
            case .near: near += 1
            case .wrong, .refuted:
                wrong += 1
                if step.judgement == .refuted { isRefuted = true }
                if wrong <= 5 {
                    findings.add(
                        Evidence(
                            "maths.steps", .fails, strength: step.judgement == .refuted ? 0.8 : 0.6,
                            "\"\(text[step.range].quoted())\" does not hold: it comes to "
                                + "\(step.computed.map(StepsText.short) ?? "something else")", span: step.range))
                }
            case .unchecked: break
            }
        }
        if right > 0, wrong == 0 {
            findings.add(
                Evidence("maths.steps", .passes, strength: 0.2, "all \(Int(right + near)) computed steps hold"))
        }
        // Sums in the arguments of calls are the tools' to work out.
        guard answer.prompt.tools.isEmpty else { return }
        findings.signals[.stepsRight] = logarithm(right)
        findings.signals[.stepsNear] = logarithm(near)
        findings.signals[.stepsWrong] = logarithm(wrong)
        findings.signals[.anyStepWrong] = wrong > 0 ? 1 : 0
        findings.signals[.stepRefuted] = isRefuted ? 1 : 0
        findings.signals[.equations] = logarithm(Double(steps.count))
    }

    /// Whether a text may hold an equation; words claim equality too, but only behind an operation.
    private static func mayCompute(_ text: ArraySlice<UInt8>) -> Bool {
        // Counted, not searched: a loop without an exit takes many bytes at a time.
        var signs = 0
        for byte in text {
            // 0x89 is the second byte of ≈ and ≅.
            let isRelation = byte == UInt8(ascii: "=") || byte == 0x89
            let isOperation =
                byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "*")
                || byte == UInt8(ascii: "/")
            signs &+= isRelation || isOperation ? 1 : 0
        }
        return signs > 0
    }
}

/// Numbers in reasons.
enum StepsText {
    static func short(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
