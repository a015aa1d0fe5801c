internal import Certification

/// The picture, and what its lines and marks mean.
extension CostQualityPage {
    private typealias Line = CostQualityPicture.Line
    private typealias Mark = CostQualityPicture.Mark

    /// The operating points in the order of their numbers.
    var operating: [OperatingPoint] { report.operating + (report.cascade?.chosen ?? []) }

    var picture: CostQualityPicture {
        let top = report.replay.baseline
        let models = report.table.models
        let best = report.replay.bestConstant(loss: 0.01)
        var marks = zip(models.indices, report.replay.constants).map { model, point in
            let isBest = model == best.model && best.saving > 0
            return Mark(
                label: isBest ? "\(models[model]), best constant" : models[model],
                shape: model == report.table.baseline ? .square : .circle, point: point)
        }
        marks.append(Mark(label: "oracle", shape: .diamond, point: report.replay.oracle))
        for (place, point) in operating.enumerated() {
            marks.append(
                Mark(
                    label: "\(place + 1)", shape: point.choice == .curve ? .triangle : .hollow,
                    point: point.point(beside: top)))
        }
        if let finding = report.certificate.finding {
            marks.append(
                Mark(
                    label: "certified", shape: .ring,
                    point: RoutingReplay.Point(
                        cost: top.cost * (1 - finding.saving), quality: top.quality - finding.loss)))
        }
        return CostQualityPicture(
            lines: lines, marks: marks,
            description:
                "Mean score over the cost of 1,000 prompts of \(models.count) models, of an oracle, and of policies "
                + "that choose among the models. The tables below have the same figures.")
    }

    private var lines: [Line] {
        var lines = [
            Line(
                name: "By chance: some to the cheapest model, the others to the baseline", style: "random",
                points: report.replay.randomMix),
            Line(
                name: "By length: short prompts to the cheapest model", style: "length", points: report.replay.byLength),
        ]
        if let routing = report.routing {
            lines.append(Line(name: "Routing only: one model for each prompt", style: "routing", points: routing.curve))
        }
        return lines + [Line(name: policies, style: "policy", points: report.replay.curve)]
    }

    var legend: String {
        let names: [(CostQualityPicture.Mark.Shape, String)] = [
            (.square, "Always the baseline"), (.circle, "Always one other model"),
            (.diamond, "Oracle: the cheapest model that is right"),
            (.triangle, "Operating point \(OperatingPoint.Choice.curve.rawValue)"),
            (.hollow, "Operating point \(OperatingPoint.Choice.beforehand.rawValue)"),
            (.ring, "Certified, see below"),
        ]
        let shown = Set(picture.marks.map(\.shape))
        let items =
            lines.reversed().map { line in
                Self.item("<line class=\"line \(line.style)\" x1=\"1\" x2=\"33\" y1=\"11\" y2=\"11\"/>", line.name)
            }
            + names.filter { shown.contains($0.0) }.map { shape, name in
                Self.item(CostQualityPicture.shape(shape, 17, 11), name)
            }
        return "<ul class=\"legend\">\n\(items.joined(separator: "\n"))\n</ul>"
    }

    private static func item(_ drawn: String, _ name: String) -> String {
        "<li><svg viewBox=\"0 0 34 22\" aria-hidden=\"true\">\(drawn)</svg>\(SVG.escaped(name))</li>"
    }
}
