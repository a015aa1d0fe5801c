internal import LinearAlgebra
internal import Statistics

/// Kinds of prompts found in the traffic itself: the centres of clusters, a prompt being of the type whose centre is nearest.
///
/// k-means with k-means++ starts (Arthur and Vassilvitskii 2007); the best of several starts is kept. Equal input gives equal
/// centres.
package struct QueryTypeCentres: Hashable, Sendable {
    /// One row of ``width`` values for each type.
    package let centres: [[Float]]

    package init(centres: [[Float]]) { self.centres = centres }

    /// Finds at most `count` types among points of equal width.
    package init(of points: [[Float]], count: Int, starts: Int = 3, rounds: Int = 12, seed: UInt64 = 1) {
        guard let width = points.first?.count, count > 0 else {
            centres = []
            return
        }
        let design = Self.matrix(points, width: width)
        let squares = points.map { $0.reduce(0) { $0 + Double($1 * $1) } }
        var generator = Xoshiro256(seed: seed)
        var best: (spread: Double, centres: [[Float]])?
        for _ in 0..<starts {
            var centres = Self.start(points, count: min(count, points.count), &generator)
            var spread = Double.infinity
            for _ in 0..<rounds {
                let (nearest, distances) = Self.assign(design, squares, centres)
                let total = distances.reduce(0) { $0 + $1 }
                if total >= spread * 0.9999 { break }
                spread = total
                centres = Self.means(points, nearest, centres)
            }
            if spread < best?.spread ?? .infinity { best = (spread, centres) }
        }
        centres = best?.centres ?? []
    }

    /// The type of a point; nil if there are no types.
    package func nearest(_ point: [Float]) -> Int? {
        var best: (distance: Float, type: Int)?
        for type in centres.indices {
            let distance = Self.distance(point, centres[type])
            if distance < best?.distance ?? .infinity { best = (distance, type) }
        }
        return best?.type
    }

    private static func distance(_ left: [Float], _ right: [Float]) -> Float {
        // Eight sums at once, in one order on every processor.
        var sums = SIMD8<Float>()
        var index = 0
        while index + 8 <= left.count {
            var difference = SIMD8<Float>()
            for lane in 0..<8 { difference[lane] = left[index + lane] - right[index + lane] }
            sums += difference * difference
            index += 8
        }
        var total = sums.sum()
        while index < left.count {
            total += (left[index] - right[index]) * (left[index] - right[index])
            index += 1
        }
        return total
    }

    private static func start(
        _ points: [[Float]], count: Int, _ generator: inout Xoshiro256
    ) -> [[Float]] {
        var centres = [points[generator.drawIndex(below: points.count)]]
        var distances = points.map { Double(distance($0, centres[0])) }
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
                distances[index] = min(distances[index], Double(distance(points[index], points[chosen])))
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
            for type in centres.indices {
                let distance = norms[type] - 2 * products[row, type]
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
        Matrix(rows: points.count, columns: width, values: points.flatMap { $0.map(Double.init) })
    }

    /// The means of the points of each centre; a centre without points stays.
    private static func means(_ points: [[Float]], _ nearest: [Int], _ centres: [[Float]]) -> [[Float]] {
        var sums = centres.map { $0.map { _ in Float(0) } }
        var counts = centres.map { _ in Float(0) }
        for (point, type) in zip(points, nearest) {
            counts[type] += 1
            for index in point.indices { sums[type][index] += point[index] }
        }
        return centres.indices.map { type in
            counts[type] > 0 ? sums[type].map { $0 / counts[type] } : centres[type]
        }
    }
}
