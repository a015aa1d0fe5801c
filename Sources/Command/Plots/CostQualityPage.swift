internal import Arguments
internal import Certification
internal import Files

/// What a replay found as a page of one file without scripts: a picture, its legend, and tables with the same figures.
struct CostQualityPage {
    let report: ReplayReport

    init(_ report: ReplayReport) { self.report = report }

    /// Writes the page in place of what was there.
    func write(to path: String) throws(CommandFailure) {
        do throws(SystemError) {
            try WholeFile.replace(path, with: Array(html.utf8))
        } catch {
            throw .failed("\(error)")
        }
    }

    /// What the policies replayed are called.
    var policies: String {
        guard let most = report.cascade?.mostAnswers else { return "Routing: one model for each prompt" }
        return "Cascade: at most \(most) models one after the other"
    }

    private var html: String {
        let (models, prompts) = (report.table.models, report.table.prompts.count)
        let facts =
            "\(prompts) recorded prompts (\(report.leftOut) left out: no score or cost of some model), baseline "
            + "\(models[report.table.baseline]). \(report.folds) parts, seed \(report.seed): each part is judged by what was "
            + "learned from the others."
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Cost and quality: \(prompts) prompts against \(SVG.escaped(models[report.table.baseline]))</title>
            <style>\(Self.style)</style></head>
            <body><h1>Cost and quality</h1>
            <p>\(SVG.escaped(facts))</p>
            <figure>
            \(picture.svg)
            <figcaption>\(legend)</figcaption>
            </figure>
            <h2>Operating points</h2>
            \(operatingTable.html)
            <p>A point that is read off the curve was chosen on the prompts that it is judged by, which flatters it; one that was
            chosen beforehand was not.</p>
            <h2>Certificate</h2>
            <p>\(SVG.escaped("For \(report.certificate.promise) — \(report.certificate.words)."))</p>
            <p>So much these pairs would show of one policy that was not learned from any of them. <code>farthing certify</code> learns one
            from half of the prompts, looks at the other half once, and writes the certificate of it.</p>
            <h2>Beside it</h2>
            \(referenceTable.html)
            <details><summary>All points of the lines</summary>
            \(policyTable.html)
            \(otherLinesTable.html)
            </details>
            </body></html>

            """
    }

    private static let style = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1d1f23;--faint:#5c626b;--grid:#dfe2e6;--policy:#0a58a6;--routing:#0b7560;
        --other:#6b7078;--best:#1a7f37;--point:#b3400a}
        @media(prefers-color-scheme:dark){:root{--paper:#15171b;--ink:#e7e9ec;--faint:#a4abb5;--grid:#33373e;--policy:#74b6ff;
        --routing:#4fd0b1;--other:#9aa1ab;--best:#5fd07f;--point:#ff9a5c}}
        body{font:16px/1.5 system-ui,sans-serif;max-width:980px;margin:2em auto;padding:0 1em;background:var(--paper);color:var(--ink)}
        h1{font-size:1.6em}h2{font-size:1.2em;margin-top:1.6em}figure{margin:1em 0}svg{max-width:100%;height:auto}
        svg text{font:12px system-ui,sans-serif;fill:var(--faint)}svg .label{fill:var(--ink)}
        .grid{stroke:var(--grid)}.leader{stroke:var(--faint);stroke-width:.7}.line{fill:none;stroke-width:2}
        .policy{stroke:var(--policy);stroke-width:3}.routing{stroke:var(--routing);stroke-dasharray:11 4}
        .length{stroke:var(--other);stroke-dasharray:5 4}.random{stroke:var(--other);stroke-dasharray:1.5 4}
        .mark{stroke:var(--paper);fill:var(--ink)}.diamond{fill:var(--best)}.triangle{fill:var(--point)}
        .hollow{fill:var(--paper);stroke:var(--point);stroke-width:2}.ring{fill:none;stroke:var(--point);stroke-width:2}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2em 1.6em;padding:0;margin:0;font-size:.9em}
        .legend svg{width:34px;height:22px;vertical-align:middle;margin-right:.4em}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9em;margin:.8em 0;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--faint)}th,td{padding:.2em 0 .2em .9em;border-bottom:1px solid var(--grid);text-align:right}
        td{white-space:nowrap}tbody th{min-width:9em}thead th{vertical-align:bottom}
        th:first-child{text-align:left;padding-left:0}th{font-weight:600}tbody th{font-weight:400}summary{cursor:pointer;margin-top:1em}
        """
}
