internal import Certification

/// Cost against quality as a page with one picture and no script.
struct CostQualityPlot {
    let title: String
    let curve: [RoutingReplay.Point]
    let byLength: [RoutingReplay.Point]
    let oracle: RoutingReplay.Point
    let constants: [(String, RoutingReplay.Point)]

    private static let width = 860.0
    private static let height = 520.0
    private static let margin = 70.0

    var html: String {
        let points = curve + byLength + [oracle] + constants.map(\.1)
        let most = (points.map(\.cost).max() ?? 1) * 1.05
        let low = max((points.map(\.quality).min() ?? 0) - 0.02, 0)
        let high = min((points.map(\.quality).max() ?? 1) + 0.02, 1)
        func x(_ point: RoutingReplay.Point) -> Double {
            Self.margin + point.cost / most * (Self.width - 2 * Self.margin)
        }
        func y(_ point: RoutingReplay.Point) -> Double {
            Self.height - Self.margin - (point.quality - low) / (high - low) * (Self.height - 2 * Self.margin)
        }
        func line(_ points: [RoutingReplay.Point], _ style: String) -> String {
            let path = points.map { "\(SVG.tenths(x($0))),\(SVG.tenths(y($0)))" }.joined(separator: " ")
            return "<polyline points=\"\(path)\" fill=\"none\" \(style)/>"
        }
        func mark(_ point: RoutingReplay.Point, _ name: String, _ colour: String) -> String {
            let (left, top) = (x(point), y(point))
            let isRight = left > Self.width * 0.7
            return "<circle cx=\"\(SVG.tenths(left))\" cy=\"\(SVG.tenths(top))\" r=\"5\" fill=\"\(colour)\"/>"
                + "<text x=\"\(SVG.tenths(left + (isRight ? -9 : 9)))\" y=\"\(SVG.tenths(top + 16))\" "
                + "text-anchor=\"\(isRight ? "end" : "start")\">\(SVG.escaped(name))</text>"
        }
        var svg = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 520\" role=\"img\" "
                + "aria-label=\"Quality over cost\" font-family=\"sans-serif\" font-size=\"13\">"
        ]
        for step in 0...4 {
            let at = RoutingReplay.Point(cost: most * Double(step) / 4, quality: low + (high - low) * Double(step) / 4)
            svg.append(
                "<line x1=\"70\" x2=\"790\" y1=\"\(SVG.tenths(y(at)))\" y2=\"\(SVG.tenths(y(at)))\" stroke=\"#ddd\"/>"
                    + "<text x=\"62\" y=\"\(SVG.tenths(y(at) + 4))\" text-anchor=\"end\">\(EvaluationReport.figure(at.quality))"
                    + "</text><text x=\"\(SVG.tenths(x(at)))\" y=\"470\" text-anchor=\"middle\">"
                    + "$\(EvaluationReport.figure(at.cost * 1000))</text>")
        }
        svg.append("<text x=\"430\" y=\"500\" text-anchor=\"middle\">cost of 1,000 prompts</text>")
        svg.append("<text x=\"70\" y=\"54\">mean score</text>")
        svg.append(line(byLength, "stroke=\"#999\" stroke-width=\"2\" stroke-dasharray=\"5 4\""))
        svg.append(line(curve, "stroke=\"#0a58a6\" stroke-width=\"3\""))
        svg += constants.map { mark($0.1, $0.0, "#444") }
        svg.append(mark(oracle, "oracle", "#1a7f37"))
        svg.append(
            "<text x=\"70\" y=\"30\"><tspan fill=\"#0a58a6\">━ Farthing</tspan>  <tspan fill=\"#777\">╌ by prompt length"
                + "</tspan>  ● always one model</text></svg>")
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(SVG.escaped(title))</title>
            <style>body{font-family:sans-serif;max-width:900px;margin:2em auto;color:#222}</style></head>
            <body><h1>Cost and quality</h1><p>\(SVG.escaped(title))</p>
            \(svg.joined(separator: "\n"))
            </body></html>

            """
    }
}
