private import Glibc

/// The natural logarithm of one more than a count, the scale of all counting signals.
func logarithm(_ count: Double) -> Double { log1p(count) }
