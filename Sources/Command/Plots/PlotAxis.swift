internal import Glibc

/// The values along one side of a picture, and where they lie on it.
struct PlotAxis {
    let low: Double
    let high: Double
    /// Equal ratios have equal lengths.
    let isLogarithmic: Bool

    private init(_ low: Double, _ high: Double, isLogarithmic: Bool = false) {
        (self.low, self.high, self.isLogarithmic) = (low, high, isLogarithmic)
    }

    /// Costs in dollars: those that differ more than tenfold have a logarithmic axis, on which a saving has the same length everywhere.
    init(costs: [Double]) {
        guard let least = costs.min(), let most = costs.max(), least > 0, most > least * 10 else {
            let most = costs.max() ?? 0
            self.init(0, most > 0 ? most * 1.05 : 1)
            return
        }
        self.init(least / 1.4, most * 1.4, isLogarithmic: true)
    }

    /// Shares from 0 to 1, no more of them than is needed.
    init(shares: [Double]) {
        let (least, most) = (shares.min() ?? 0, shares.max() ?? 1)
        let rim = max((most - least) * 0.06, 0.005)
        self.init(max(least - rim, 0), min(most + rim, 1))
    }

    /// Where a value lies: 0 at the beginning, 1 at the end.
    func place(_ value: Double) -> Double {
        let share = isLogarithmic ? log(max(value, low) / low) / log(high / low) : (value - low) / (high - low)
        return min(max(share, 0), 1)
    }

    /// The round values to be written beside it.
    var ticks: [Double] {
        guard isLogarithmic else {
            let step = Self.roundStep((high - low) / 8)
            return stride(from: (low / step).rounded(.up), through: high / step, by: 1).map { $0 * step }
        }
        let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        return decades.flatMap { decade in [1, 2, 5].map { $0 * pow(10, Double(decade)) } }
            .filter { low <= $0 && $0 <= high }
    }

    /// The round number from which on steps are no shorter than this.
    private static func roundStep(_ least: Double) -> Double {
        let decade = pow(10, log10(least).rounded(.down))
        return [1, 2, 5, 10].map { $0 * decade }.first { $0 >= least * 0.999 } ?? least
    }
}
