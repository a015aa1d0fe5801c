private import Glibc

/// The beta distribution with two positive shapes.
package struct BetaDistribution: Sendable, Equatable {
    /// The shape at one: prior successes and those seen.
    package let alpha: Double
    /// The shape at zero: prior failures and those seen.
    package let beta: Double

    /// A distribution with these shapes.
    package init(alpha: Double, beta: Double) {
        precondition(alpha > 0 && beta > 0, "shapes are positive")
        self.alpha = alpha
        self.beta = beta
    }

    /// The mean.
    package var mean: Double { alpha / (alpha + beta) }

    /// The probability of a value of at most `x`: the regularised incomplete beta function (DLMF 8.17.22).
    package func cumulative(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let scale = exp(
            alpha * log(x) + beta * log1p(-x) - (logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta)))
        return x < (alpha + 1) / (alpha + beta + 2)
            ? scale * fraction(x, alpha, beta) / alpha
            : 1 - scale * fraction(1 - x, beta, alpha) / beta
    }

    /// The value that is not exceeded with this probability, by bisection to the last bit.
    package func quantile(_ probability: Double) -> Double {
        precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
        if probability == 0 { return 0 }
        if probability == 1 { return 1 }
        var (low, high) = (0.0, 1.0)
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { return middle }
            if cumulative(middle) < probability { low = middle } else { high = middle }
        }
    }

    /// The continued fraction, by Lentz's method as modified by Thompson and Barnett (1986).
    private func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let least = 1e-300
        func kept(_ value: Double) -> Double { abs(value) < least ? least : value }
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var result = d
        for m in 1...10_000 {
            let m = Double(m)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return result
    }

    /// The C library's `lgamma` keeps the sign in a global variable; this does not.
    private func logGamma(_ x: Double) -> Double {
        var sign: Int32 = 0
        return unsafe lgamma_r(x, &sign)
    }
}
