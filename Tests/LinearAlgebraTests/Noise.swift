import LinearAlgebra

/// Numbers between -1 and 1 from a linear congruential sequence.
struct Noise {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-52 - 1
    }

    mutating func values(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }

    mutating func design(_ rows: Int, _ columns: Int) -> DesignMatrix {
        DesignMatrix(rows: rows, columns: columns, values: values(rows * columns).map { Float($0) })
    }

    /// A Gram matrix of random rows.
    mutating func gram(_ order: Int, rows: Int) -> SymmetricMatrix {
        var gram = SymmetricMatrix(order: order)
        gram.add(rows: design(rows, order), weights: [Double](repeating: 1, count: rows))
        return gram
    }
}

extension SymmetricMatrix {
    var full: Matrix {
        Matrix(rows: order, columns: order, values: (0..<order * order).map { self[$0 / order, $0 % order] })
    }
}

/// The largest difference between two lists.
func distance(_ left: some Sequence<Double>, _ right: some Sequence<Double>) -> Double {
    zip(left, right).map { abs($0 - $1) }.max() ?? 0
}
