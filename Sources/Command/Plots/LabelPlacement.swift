/// Where names beside points go, so that they cover neither each other nor what is drawn.
struct LabelPlacement {
    /// A rectangle in a picture, whose y grows downwards.
    struct Box {
        var left: Double
        var top: Double
        var width: Double
        var height: Double

        /// The area that it shares with another.
        func overlap(_ other: Box) -> Double {
            let wide = min(left + width, other.left + other.width) - max(left, other.left)
            let high = min(top + height, other.top + other.height) - max(top, other.top)
            return wide > 0 && high > 0 ? wide * high : 0
        }

        /// The place in it that is nearest to a point.
        func nearest(to x: Double, _ y: Double) -> (x: Double, y: Double) {
            (min(max(x, left), left + width), min(max(y, top), top + height))
        }

        func distance(to x: Double, _ y: Double) -> Double {
            let (dx, dy) = (nearest(to: x, y).x - x, nearest(to: x, y).y - y)
            return (dx * dx + dy * dy).squareRoot()
        }
    }

    private let frame: Box
    /// Where something is drawn, and where names are.
    private var taken: [Box] = []
    private var names: [Box] = []
    private var marks: [(x: Double, y: Double)] = []

    /// Names stay inside the frame.
    init(in frame: Box) { self.frame = frame }

    /// Keeps names off a mark around a point, and those of others so far from it that nobody takes them for its own.
    mutating func avoid(mark x: Double, _ y: Double, radius: Double) {
        marks.append((x, y))
        avoid(x, y, radius: radius)
    }

    private mutating func avoid(_ x: Double, _ y: Double, radius: Double) {
        taken.append(Box(left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius))
    }

    /// Keeps names off a line through points.
    mutating func avoid(line points: [(x: Double, y: Double)]) {
        for (start, end) in zip(points, points.dropFirst()) {
            let steps = max(Int(max((end.x - start.x).magnitude, (end.y - start.y).magnitude) / 6), 1)
            for step in 0...steps {
                let share = Double(step) / Double(steps)
                avoid(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share, radius: 3)
            }
        }
    }

    private static let distances = [9.0, 18, 30, 46, 66, 90]
    /// To the right first, as one reads.
    private static let directions: [(x: Double, y: Double)] = [
        (1, 0), (0.7, 0.7), (0.7, -0.7), (-1, 0), (-0.7, 0.7), (-0.7, -0.7), (0, 1), (0, -1),
    ]

    /// The place of a name of this size that covers least, the nearest to its point of equals; it is taken from now on.
    mutating func place(width: Double, height: Double, beside x: Double, _ y: Double) -> Box {
        var best = (cost: Double.infinity, box: Box(left: x, top: y, width: width, height: height))
        for distance in Self.distances {
            for (order, direction) in Self.directions.enumerated() {
                let middle = (x: x + direction.x * (distance + width / 2), y: y + direction.y * (distance + height / 2))
                let box = Box(
                    left: direction.x == 0 ? x - width / 2 : middle.x - width / 2, top: middle.y - height / 2,
                    width: width,
                    height: height)
                let outside = width * height - box.overlap(frame)
                let covered = taken.reduce(0) { $0 + $1.overlap(box) }
                let own = box.distance(to: x, y)
                let misleading = marks.contains { ($0.x, $0.y) != (x, y) && box.distance(to: $0.x, $0.y) < own + 3 }
                // A line behind a name does little harm, a name behind a name all there is.
                let blurred = names.contains { $0.overlap(box) > 0 }
                let cost =
                    10 * outside + covered + (misleading ? 40 : 0) + (blurred ? 400 : 0) + distance / 4
                    + Double(order) / 8
                if cost < best.cost { best = (cost, box) }
            }
        }
        names.append(best.box)
        return best.box
    }
}
