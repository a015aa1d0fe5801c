import ExactNumbers

extension ComputedStep {
    /// What becomes of a claim that one value equals another; `closesChain` where the left one stands behind an equals sign itself.
    static func judge(
        _ left: ExpressionValue, _ right: ExpressionValue, _ written: WrittenNumber, nearly: Bool, closesChain: Bool
    ) -> Judgement {
        // `15/50 = 0.3 = 30%`: a number is held against another only where one of them is a percentage.
        let isPercentage = closesChain && !left.hasUnits && left.hasPercent != right.hasPercent
        guard left.operations > 0 || isPercentage else { return .unchecked }
        let claimed = right.magnitude.approximate
        let unit = written.isPercent ? written.unit / 100 : written.unit
        func fits(_ value: Double) -> Bool {
            if let exact = left.magnitude.exact, exact.isWhole, left.isExact, !written.hasFraction, !nearly,
                value == left.magnitude.approximate
            {
                return exact == right.magnitude.exact
            }
            return abs(value - claimed) <= max(unit, abs(claimed) * 1e-9) * 1.0001
        }
        let value = left.magnitude.approximate
        let hasPercent = left.hasPercent || right.hasPercent
        if fits(value) || (hasPercent && (fits(value * 100) || fits(value / 100))) { return .right }
        if left.isExact, !nearly, !left.hasUnits, let exact = left.magnitude.exact, exact.isWhole,
            let whole = right.magnitude.exact, whole.isWhole, whole.numerator % 10 != 0
        {
            return .refuted
        }
        // `2.07 million`, `2.1 MP`, `36 km`: the unit may stand for thousands.
        if right.hasUnits, [1e3, 1e6, 1e9, 1e-3, 1e-6].contains(where: { fits(value / $0) }) { return .near }
        let scale = max(abs(claimed), abs(value))
        if scale > 0, abs(value - claimed) / scale <= (left.isExact && !nearly ? 0.002 : 0.015) { return .near }
        return left.hasUnits || nearly && scale > 0 && abs(value - claimed) / scale <= 0.05 ? .near : .wrong
    }
}
