internal import LinearAlgebra
internal import Statistics

/// Kinds of prompts found in the traffic itself: the centres of clusters, a prompt being of the type whose centre is nearest.
///
/// k-means with k-means++ starts (Arthur and Vassilvitskii 2007); the best of several starts is kept. Equal input gives equal
/// centres.
package struct QueryTypeCentres: Hashable, Sendable {
    /// The middle of each type.
    package let centres: [[Float]]
    /// What each type is called as long as it lasts: a later set of centres that grew from this one keeps the number.
    package let numbers: [Int]

    package init(centres: [[Float]], numbers: [Int]? = nil) {
        self.centres = centres
        self.numbers = numbers ?? Array(centres.indices)
    }

    /// Finds at most `count` types among points of equal width.
    package init(of points: [[Float]], count: Int, starts: Int = 3, rounds: Int = 12, seed: UInt64 = 1) {
        guard let width = points.first?.count, count > 0 else {
            self.init(centres: [])
            return
        }
        let design = Self.matrix(points, width: width)
        let squares = points.map { $0.reduce(0) { $0 + Double($1 * $1) } }
        var generator = Xoshiro256(seed: seed)
        var best: (spread: Double, centres: [[Float]])?
        for _ in 0..<starts {
            let start = Self.start(points, count: min(count, points.count), &generator)
            let found = Self.settle(start, points, design, squares, rounds: rounds)
            if found.spread < best?.spread ?? .infinity { best = found }
        }
        self.init(centres: best?.centres ?? [])
    }

    /// These types as they are among other points of the same width, and at most so many: each type moves with its points
    /// and keeps its number; new ones are founded only by `least` points that lie far off all others.
    ///
    /// Where there are no types yet, all are found anew.
    package func grown(among points: [[Float]], count: Int, least: Int, rounds: Int = 12) -> QueryTypeCentres {
        guard let width = points.first?.count else { return self }
        guard !centres.isEmpty else { return QueryTypeCentres(of: points, count: count) }
        let design = Self.matrix(points, width: width)
        let squares = points.map { $0.reduce(0) { $0 + Double($1 * $1) } }
        let (_, distances) = Self.assign(design, squares, centres)
        let usual = distances.reduce(0, +) / Double(points.count)
        let farOff = points.indices.filter { distances[$0] > 1.5 * usual }.map { points[$0] }
        var generator = Xoshiro256(seed: UInt64(centres.count))
        let founded = min(count - centres.count, farOff.count / least)
        let seeds = founded > 0 ? Self.start(farOff, count: founded, &generator) : []
        let known = Self.settle(centres + seeds, points, design, squares, rounds: rounds).centres
        let (nearest, _) = Self.assign(design, squares, known)
        var sizes = [Int](repeating: 0, count: known.count)
        for type in nearest { sizes[type] += 1 }
        let kept = known.indices.filter { $0 < centres.count || sizes[$0] >= least }
        let next = (numbers.max() ?? -1) + 1
        return QueryTypeCentres(
            centres: kept.map { known[$0] },
            numbers: kept.enumerated().map { $1 < centres.count ? numbers[$1] : next + $0 - centres.count })
    }

    /// Moves centres into the middle of their points until they hardly move.
    private static func settle(
        _ start: [[Float]], _ points: [[Float]], _ design: Matrix, _ squares: [Double], rounds: Int
    ) -> (spread: Double, centres: [[Float]]) {
        var centres = start
        var spread = Double.infinity
        for _ in 0..<rounds {
            let (nearest, distances) = assign(design, squares, centres)
            let total = distances.reduce(0) { $0 + $1 }
            if total >= spread * 0.9999 { break }
            spread = total
            centres = means(points, nearest, centres)
        }
        return (spread, centres)
    }

    /// The type of a point; nil if there are no types.
    package func nearest(_ point: [Float]) -> Int? {
        var best: (distance: Float, type: Int)?
        for type in centres.indices {
            let distance = FloatVector.squaredDistance(point, centres[type])
            if distance < best?.distance ?? .infinity { best = (distance, type) }
        }
        return best?.type
    }

    private static func start(
        _ points: [[Float]], count: Int, _ generator: inout Xoshiro256
    ) -> [[Float]] {
        var centres = [points[generator.drawIndex(below: points.count)]]
        var distances = points.map { Double(FloatVector.squaredDistance($0, centres[0])) }
        while centres.count < count {
            let total = distances.reduce(0) { $0 + $1 }
            var left = generator.drawUnit() * total
            var chosen = points.count - 1
            for index in distances.indices {
                left -= Double(distances[index])
                if left < 0 {
                    chosen = index
                    break
                }
            }
            centres.append(points[chosen])
            for index in distances.indices {
                distances[index] = min(
                    distances[index], Double(FloatVector.squaredDistance(points[index], points[chosen])))
            }
        }
        return centres
    }

    /// The nearest centre of each point and the squared distance to it.
    private static func assign(
        _ design: Matrix, _ squares: [Double], _ centres: [[Float]]
    ) -> (nearest: [Int], distances: [Double]) {
        let products = design.multiplied(byTransposeOf: matrix(centres, width: design.columns))
        let norms = centres.map { $0.reduce(0) { $0 + Double($1 * $1) } }
        var nearest = [Int](repeating: 0, count: design.rows)
        var distances = [Double](repeating: 0, count: design.rows)
        for row in 0..<design.rows {
            var least = Double.infinity
            let start = row * centres.count
            for type in 0..<centres.count {
                let distance = norms[type] - 2 * products.values[start + type]
                if distance < least {
                    least = distance
                    nearest[row] = type
                }
            }
            distances[row] = max(least + squares[row], 0)
        }
        return (nearest, distances)
    }

    private static func matrix(_ points: [[Float]], width: Int) -> Matrix {
        var rows = DesignMatrix(columns: width, capacity: points.count)
        for point in points { rows.append(point) }
        return rows.widened(0..<points.count)
    }

    /// The means of the points of each centre; a centre without points stays.
    private static func means(_ points: [[Float]], _ nearest: [Int], _ centres: [[Float]]) -> [[Float]] {
        var sums = centres.map { $0.map { _ in Float(0) } }
        var counts = centres.map { _ in Float(0) }
        for (point, type) in zip(points, nearest) {
            counts[type] += 1
            FloatVector.add(point, to: &sums[type])
        }
        return centres.indices.map { type in
            counts[type] > 0 ? sums[type].map { $0 / counts[type] } : centres[type]
        }
    }
}
