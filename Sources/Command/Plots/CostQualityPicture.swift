internal import Certification

/// Cost against quality: lines and marks that can be told apart without their colours.
struct CostQualityPicture {
    /// Policies of one family, from careful to cheap.
    struct Line {
        let name: String
        /// The class in the page's style that draws it.
        let style: String
        let points: [RoutingReplay.Point]
    }

    /// One policy.
    struct Mark {
        enum Shape: String { case circle, square, diamond, triangle, hollow, ring }
        /// What is written beside it.
        let label: String
        let shape: Shape
        let point: RoutingReplay.Point
    }

    let lines: [Line]
    let marks: [Mark]
    /// What the picture shows, in a sentence.
    let description: String

    private static let (width, height) = (900.0, 560.0)
    private static let (left, right, top, bottom) = (64.0, 884.0, 34.0, 496.0)
    /// How wide a letter is in the mean, and a line of letters high.
    private static let (letter, lineHeight) = (6.6, 15.0)

    var svg: String {
        let points = lines.flatMap(\.points) + marks.map(\.point)
        let costs = PlotAxis(costs: points.map(\.cost))
        let shares = PlotAxis(shares: points.map(\.quality))
        func x(_ cost: Double) -> Double { Self.left + costs.place(cost) * (Self.right - Self.left) }
        func y(_ quality: Double) -> Double { Self.bottom - shares.place(quality) * (Self.bottom - Self.top) }
        func places(_ line: Line) -> [(x: Double, y: Double)] { line.points.map { (x($0.cost), y($0.quality)) } }
        var labels = LabelPlacement(
            in: LabelPlacement.Box(
                left: Self.left, top: Self.top, width: Self.right - Self.left, height: Self.bottom - Self.top))
        for line in lines { labels.avoid(line: places(line)) }
        for mark in marks { labels.avoid(mark: x(mark.point.cost), y(mark.point.quality), radius: 7) }
        var parts = [
            "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" aria-labelledby=\"picture-title "
                + "picture-description\">",
            "<title id=\"picture-title\">Quality over cost</title>",
            "<desc id=\"picture-description\">\(SVG.escaped(description))</desc>",
        ]
        parts += grid(costs, shares, x, y)
        for line in lines {
            let path = places(line).map { "\(SVG.tenths($0.x)),\(SVG.tenths($0.y))" }.joined(separator: " ")
            parts.append("<polyline class=\"line \(line.style)\" points=\"\(path)\"/>")
        }
        for mark in marks { parts.append(Self.shape(mark.shape, x(mark.point.cost), y(mark.point.quality))) }
        for mark in marks {
            parts.append(Self.label(mark.label, beside: x(mark.point.cost), y(mark.point.quality), &labels))
        }
        return parts.joined(separator: "\n") + "\n</svg>"
    }

    private func grid(
        _ costs: PlotAxis, _ shares: PlotAxis, _ x: (Double) -> Double, _ y: (Double) -> Double
    ) -> [String] {
        let (left, right, top, bottom) = (
            SVG.tenths(Self.left), SVG.tenths(Self.right), SVG.tenths(Self.top), SVG.tenths(Self.bottom)
        )
        let across = shares.ticks.map { tick in
            let y = SVG.tenths(y(tick))
            return "<line class=\"grid\" x1=\"\(left)\" x2=\"\(right)\" y1=\"\(y)\" y2=\"\(y)\"/>"
                + "<text x=\"\(SVG.tenths(Self.left - 8))\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">"
                + "\(Figures.significant(tick))</text>"
        }
        let up = costs.ticks.map { tick in
            let x = SVG.tenths(x(tick))
            return "<line class=\"grid\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(top)\" y2=\"\(bottom)\"/>"
                + "<text x=\"\(x)\" y=\"\(SVG.tenths(Self.bottom + 20))\" text-anchor=\"middle\">"
                + "$\(Figures.significant(tick * 1000))</text>"
        }
        let scale = costs.isLogarithmic ? ", in equal ratios" : ""
        return across + up + [
            "<text x=\"\(SVG.tenths((Self.left + Self.right) / 2))\" y=\"\(SVG.tenths(Self.height - 16))\" "
                + "text-anchor=\"middle\">cost of 1,000 prompts\(scale)</text>",
            "<text x=\"\(SVG.tenths(Self.left - 48))\" y=\"18\">mean score</text>",
        ]
    }

    /// A mark around a point.
    static func shape(_ shape: Mark.Shape, _ x: Double, _ y: Double) -> String {
        func polygon(_ corners: [(Double, Double)]) -> String {
            let points = corners.map { "\(SVG.tenths(x + $0.0)),\(SVG.tenths(y + $0.1))" }.joined(separator: " ")
            return "<polygon class=\"mark \(shape.rawValue)\" points=\"\(points)\"/>"
        }
        switch shape {
        case .square: return polygon([(-5, -5), (5, -5), (5, 5), (-5, 5)])
        case .diamond: return polygon([(0, -7), (7, 0), (0, 7), (-7, 0)])
        case .triangle, .hollow: return polygon([(0, -7), (6.5, 5), (-6.5, 5)])
        case .circle, .ring:
            let radius = shape == .circle ? "5" : "10"
            return
                "<circle class=\"mark \(shape.rawValue)\" cx=\"\(SVG.tenths(x))\" cy=\"\(SVG.tenths(y))\" r=\"\(radius)\"/>"
        }
    }

    /// A name, and a thin line to its point where it had to go far from it.
    private static func label(
        _ text: String, beside x: Double, _ y: Double, _ labels: inout LabelPlacement
    ) -> String {
        let width = Double(text.count) * letter
        let box = labels.place(width: width, height: lineHeight, beside: x, y)
        let nearest = box.nearest(to: x, y)
        let isFar = box.distance(to: x, y) > 14
        if isFar { labels.avoid(line: [(x, y), nearest]) }
        let leader =
            isFar
            ? "<line class=\"leader\" x1=\"\(SVG.tenths(x))\" y1=\"\(SVG.tenths(y))\" x2=\"\(SVG.tenths(nearest.x))\" "
                + "y2=\"\(SVG.tenths(nearest.y))\"/>" : ""
        return leader + "<text class=\"label\" x=\"\(SVG.tenths(box.left))\" y=\"\(SVG.tenths(box.top + 12))\">"
            + "\(SVG.escaped(text))</text>"
    }
}
