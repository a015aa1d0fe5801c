import Dialogue
import Foundation
import LinearAlgebra

/// One ability for each family, one difficulty for each class of each source, and what a family does better or worse at a
/// class, as log-odds that add up; differences are drawn towards nothing.
struct AbilityFit {
    struct Cell {
        var source: String
        var family: String
        var taskClass: TaskClass
        var right: Double
        var count: Double
    }

    private(set) var abilities: [String: Double] = [:]
    private(set) var byClass: [String: [TaskClass: Double]] = [:]
    private(set) var counts: [String: Double] = [:]

    /// The variances of abilities and difficulties, of a family's difference at a class, and of one source's whim.
    private static let spread = (ability: 1.0, difference: 0.05, whim: 0.15)

    init(_ cells: [Cell]) throws {
        let families = Set(cells.map(\.family)).sorted()
        let places = Set(cells.map { "\($0.source) \($0.taskClass)" }).sorted()
        let pairs = Set(cells.map { "\($0.family) \($0.taskClass)" }).sorted()
        let columns = families.count + places.count + pairs.count
        let column = { (list: [String], offset: Int, name: String) in offset + (list.firstIndex(of: name) ?? 0) }
        var gram = SymmetricMatrix(order: columns + 1)
        var moments = [Double](repeating: 0, count: columns + 1)
        for index in 1...columns {
            gram[index, index] =
                1 / (index <= families.count + places.count ? Self.spread.ability : Self.spread.difference)
        }
        for cell in cells {
            let p = (cell.right + 0.5) / (cell.count + 1)
            let weight = 1 / (1 / (cell.count * p * (1 - p)) + Self.spread.whim)
            let row = [
                0, 1 + column(families, 0, cell.family),
                1 + column(places, families.count, "\(cell.source) \(cell.taskClass)"),
                1 + column(pairs, families.count + places.count, "\(cell.family) \(cell.taskClass)"),
            ]
            for (index, one) in row.enumerated() {
                moments[one] += weight * log(p / (1 - p))
                for other in row[index...] { gram[one, other] += weight }
            }
            counts[cell.family, default: 0] += cell.count
        }
        let solution = try CholeskyFactor(gram).solve(moments)
        for (index, family) in families.enumerated() { abilities[family] = solution[0] + solution[1 + index] }
        for cell in cells {
            byClass[cell.family, default: [:]][cell.taskClass] =
                solution[1 + column(pairs, families.count + places.count, "\(cell.family) \(cell.taskClass)")]
        }
    }
}

/// How ability grows with the logarithm of price.
struct PriceFit {
    let intercept: Double
    let slope: Double
    let correlation: Double
    let count: Int

    init(_ abilities: [String: Double], prices: [String: Double]) {
        let points = abilities.sorted { $0.key < $1.key }
            .compactMap { ability in prices[ability.key].map { (log($0), ability.value) } }
        count = points.count
        let means = (points.reduce(0) { $0 + $1.0 } / Double(count), points.reduce(0) { $0 + $1.1 } / Double(count))
        let (xx, xy, yy) = points.reduce((0.0, 0.0, 0.0)) { sums, point in
            let (x, y) = (point.0 - means.0, point.1 - means.1)
            return (sums.0 + x * x, sums.1 + x * y, sums.2 + y * y)
        }
        slope = xy / xx
        intercept = means.1 - slope * means.0
        correlation = xy / (xx * yy).squareRoot()
    }
}
