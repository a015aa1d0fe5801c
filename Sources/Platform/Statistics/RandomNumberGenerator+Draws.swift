// The standard library may change how it turns bits into draws; these never change, so that a seed means the same for ever.
extension RandomNumberGenerator {
    /// A number from 0 up to, not including, 1, in steps of 2⁻⁵³.
    package mutating func drawUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number from 0 up to, not including, `bound`, each equally likely (Lemire 2019); the bound is positive.
    package mutating func drawIndex(below bound: Int) -> Int {
        precondition(bound > 0, "nothing lies below zero")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let least = (0 &- bound) % bound
            while product.low < least { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// Puts the elements in random order, each order equally likely (Fisher and Yates; Durstenfeld 1964).
    package mutating func drawOrder<Element>(of elements: inout [Element]) {
        for last in elements.indices.dropFirst().reversed() { elements.swapAt(last, drawIndex(below: last + 1)) }
    }

    /// As many indices below `count` as there are, drawn with replacement.
    package mutating func drawBootstrapIndices(_ count: Int) -> [Int] {
        (0..<count).map { _ in drawIndex(below: count) }
    }
}
