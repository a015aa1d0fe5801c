internal import Statistics

/// Predicted probability against the share of right answers.
struct ReliabilityPlot {
    let name: String
    let bins: [Reliability.Bin]
    let error: Double

    var svg: String {
        func x(_ share: Double) -> String { SVG.tenths(30 + 180 * share) }
        func y(_ share: Double) -> String { SVG.tenths(210 - 180 * share) }
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 230 250\" role=\"img\" font-family=\"sans-serif\" "
                + "font-size=\"10\" aria-label=\"Reliability of \(SVG.escaped(name))\">",
            "<rect x=\"30\" y=\"30\" width=\"180\" height=\"180\" fill=\"none\" stroke=\"#ccc\"/>",
            "<line x1=\"30\" y1=\"210\" x2=\"210\" y2=\"30\" stroke=\"#bbb\" stroke-dasharray=\"4 3\"/>",
            "<text x=\"30\" y=\"16\">\(SVG.escaped(name))</text>",
            "<text x=\"30\" y=\"240\">calibration error \(EvaluationReport.figure(error))</text>",
        ]
        for share in [0.0, 0.5, 1] {
            parts.append("<text x=\"\(x(share))\" y=\"223\" text-anchor=\"middle\">\(SVG.tenths(share))</text>")
            parts.append("<text x=\"26\" y=\"\(y(share))\" text-anchor=\"end\">\(SVG.tenths(share))</text>")
        }
        let line = bins.map { "\(x($0.predicted)),\(y($0.observed))" }.joined(separator: " ")
        parts.append("<polyline points=\"\(line)\" fill=\"none\" stroke=\"#0a58a6\" stroke-width=\"1.5\"/>")
        parts += bins.map {
            "<circle cx=\"\(x($0.predicted))\" cy=\"\(y($0.observed))\" r=\"3\" fill=\"#0a58a6\"/>"
        }
        return parts.joined() + "</svg>"
    }
}
