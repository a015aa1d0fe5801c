internal import Certification

/// The picture's figures as tables.
extension CostQualityPage {
    private static func thousand(_ cost: Double) -> String { "$" + Figures.significant(cost * 1000) }

    private static func worth(_ values: ClosedRange<Double>) -> String {
        let (low, high) = (Figures.significant(values.lowerBound), Figures.significant(values.upperBound))
        return low == high ? "$\(low)" : "$\(low) to $\(high)"
    }

    private func saving(of point: RoutingReplay.Point) -> String {
        let top = report.replay.baseline.cost
        return Figures.percent(top > 0 ? 1 - point.cost / top : 0)
    }

    private func row(_ name: String, _ point: RoutingReplay.Point) -> [String] {
        let difference = point.quality - report.replay.baseline.quality
        return [
            name, Self.thousand(point.cost), EvaluationReport.figure(point.quality), saving(of: point),
            Figures.points(difference),
        ]
    }

    private static let columns = ["", "cost of 1,000", "mean score", "saving", "points against the baseline"]

    var operatingTable: HTMLTable {
        let top = report.replay.baseline
        let rows = operating.enumerated().map { place, point in
            [
                "\(place + 1): \(point.aim), \(point.choice.rawValue)",
                point.values.map(Self.worth) ?? "nothing but the baseline",
                Figures.percent(point.saving), Figures.interval(point.savingInterval, Figures.percent),
                Figures.points(point.difference),
                point.differenceInterval.map { Figures.interval($0, Figures.points) } ?? "",
                Figures.significant(point.calls), Self.thousand(point.point(beside: top).cost),
            ]
        }
        return HTMLTable(
            caption: "\(policies). Intervals have 95 %, by bootstrap over prompts.",
            columns: [
                "point", "a right answer is worth", "saving", "interval", "points against the baseline", "interval",
                "models asked of a prompt", "cost of 1,000",
            ], rows: rows)
    }

    var referenceTable: HTMLTable {
        let (replay, models) = (report.replay, report.table.models)
        var rows = zip(models.indices, replay.constants).map { model, point in
            row("always \(models[model])" + (model == report.table.baseline ? " (baseline)" : ""), point)
        }
        rows.append(row("oracle", replay.oracle))
        for (loss, aim) in [(0, "equal quality"), (0.01, "1 point less")] {
            let best = replay.bestConstant(loss: loss)
            rows.append(row("best constant at \(aim): \(models[best.model])", replay.constants[best.model]))
            guard let routing = report.routing else { continue }
            rows.append(
                row("routing only at \(aim)", routing.cheapest(loss: loss).map { routing.curve[$0] } ?? replay.baseline)
            )
        }
        return HTMLTable(caption: "What needs no policy, and what knows too much", columns: Self.columns, rows: rows)
    }

    var policyTable: HTMLTable {
        let curve = report.replay.curve
        let rows = curve.indices.map { policy in
            row(
                report.cascade.map { Self.worth($0.values[policy]) } ?? "$"
                    + Figures.significant(report.replay.values[policy]),
                curve[policy])
                + [Figures.significant(report.cascade?.calls[policy] ?? 1)]
        }
        return HTMLTable(
            caption: "\(policies): each policy, by what a right answer is worth to it",
            columns: Self.columns + ["models asked of a prompt"], rows: rows)
    }

    var otherLinesTable: HTMLTable {
        let replay = report.replay
        var rows = replay.byLength.enumerated().map { place, point in
            row("by length: the shortest \((place + 1) * 5) % to the cheapest model", point)
        }
        rows += replay.randomMix.enumerated().map { tenth, point in
            row("by chance: \(tenth * 10) % to the baseline", point)
        }
        rows += (report.routing?.curve ?? []).enumerated().map { policy, point in
            row(
                "routing only, a right answer worth $\(Figures.significant(report.routing?.values[policy] ?? 0))", point
            )
        }
        return HTMLTable(caption: "The other lines", columns: Self.columns, rows: rows)
    }
}
