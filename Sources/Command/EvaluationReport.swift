internal import Dialogue
internal import JSON
internal import Prediction
internal import Statistics

/// What `farthing evaluate` prints.
struct EvaluationReport {
    private let judged: CrossValidation
    private let folds: Int
    private let seed: UInt64

    init(_ judged: CrossValidation, folds: Int, seed: UInt64) {
        self.judged = judged
        self.folds = folds
        self.seed = seed
    }

    var text: String {
        let overall = judged.summary(draws: 200, seed: seed)
        let width = judged.models.map(\.count).max() ?? 0
        var lines = [
            "\(judged.observations.count) prompts, \(judged.models.count) models, \(folds) parts, seed \(seed)", "",
        ]
        lines.append("model".padded(to: width) + "  prompts   right    AUC  Brier    ECE")
        for model in judged.perModel {
            let right = Self.figure(model.rate)
            lines.append(
                model.name.padded(to: width) + "  " + String(model.count).leftPadded(to: 7) + "   \(right)  "
                    + (model.area.map(Self.figure) ?? "  -  ")
                    + "  \(Self.figure(model.brier))  \(Self.figure(model.error))")
        }
        let classes = judged.perClass
        if classes.count > 1 {
            lines += [
                "", "task class".padded(to: width) + "  prompts   right    AUC  Brier    ECE (means over the models)",
            ]
            for (taskClass, models) in classes {
                let mean = ClassMeans(models)
                lines.append(
                    taskClass.rawValue.padded(to: width) + "  " + String(mean.count).leftPadded(to: 7)
                        + "   \(Self.figure(mean.rate))  " + (mean.area.map(Self.figure) ?? "  -  ")
                        + "  \(Self.figure(mean.brier))  \(Self.figure(mean.error))")
            }
        }
        lines.append("")
        lines.append(
            "mean AUC \(Self.figure(overall.area)) [\(Self.figure(overall.areaInterval.lower))–\(Self.figure(overall.areaInterval.upper))]"
        )
        lines.append("mean Brier \(Self.figure(overall.brier)), mean calibration error \(Self.figure(overall.error))")
        return lines.joined(separator: "\n") + "\n"
    }

    var json: String {
        let overall = judged.summary(draws: 200, seed: seed)
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("prompts", judged.observations.count)
            json.member("folds", folds)
            json.member("seed", Int(seed))
            json.member("auc", overall.area)
            json.member("auc_low", overall.areaInterval.lower)
            json.member("auc_high", overall.areaInterval.upper)
            json.member("brier", overall.brier)
            json.member("ece", overall.error)
            json.member(
                "models",
                array: { json in
                    for model in judged.perModel { json.object { Self.write(model, to: &$0) } }
                })
            json.member(
                "classes",
                array: { json in
                    for (taskClass, models) in judged.perClass {
                        json.object { json in
                            json.member("task", taskClass.rawValue)
                            json.member(
                                "models",
                                array: { json in
                                    for model in models { json.object { Self.write(model, to: &$0) } }
                                })
                        }
                    }
                })
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    private static func write(_ model: CrossValidation.ModelFigures, to json: inout JSONWriter) {
        json.member("model", model.name)
        json.member("prompts", model.count)
        json.member("accuracy", model.rate)
        json.member("auc", model.area)
        json.member("brier", model.brier)
        json.member("ece", model.error)
    }

    /// A page with the reliability diagram of every model.
    var html: String {
        let pictures = judged.perModel.map { model in
            ReliabilityPlot(name: model.name, bins: model.reliability.bins, error: model.error).svg
        }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Reliability</title>
            <style>body{font-family:sans-serif;max-width:1000px;margin:2em auto;color:#222}svg{width:230px}</style></head>
            <body><h1>Reliability</h1>
            <p>\(judged.observations.count) prompts, \(folds) parts, seed \(seed). Predicted probability of success to the right,
            share of right answers upwards, ten groups of equal size; on the diagonal both agree.</p>
            \(pictures.joined(separator: "\n"))
            </body></html>

            """
    }

    /// Three decimals.
    static func figure(_ value: Double) -> String {
        let thousandths = Int((value.magnitude * 1000).rounded())
        let digits = String(thousandths % 1000)
        return (value < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000)."
            + String(repeating: "0", count: 3 - digits.count) + digits
    }
}

/// Means over the models that were asked prompts of one task class.
private struct ClassMeans {
    let count: Int
    let rate: Double
    let area: Double?
    let brier: Double
    let error: Double

    init(_ models: [CrossValidation.ModelFigures]) {
        let asked = models.filter { $0.count > 0 }
        let mean = { (values: [Double]) in values.reduce(0, +) / Double(max(values.count, 1)) }
        let areas = asked.compactMap(\.area)
        count = asked.map(\.count).max() ?? 0
        rate = mean(asked.map(\.rate))
        area = areas.isEmpty ? nil : mean(areas)
        brier = mean(asked.map(\.brier))
        error = mean(asked.map(\.error))
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(width - count, 0)) + self }
}
