import Features
import Recordings

/// How well the cosine of running texts tells equal ones from others, on pairs whose likeness people judged from 0 to 5.
struct TextNearness {
    private var pairs: [(cosine: Float, judged: Double)] = []

    init(path: String) throws {
        let extractor = FeatureExtractor()
        var found: [(cosine: Float, judged: Double)] = []
        try RecordingLines.read(path) { row in
            guard let one = row["a"]?.string, let other = row["b"]?.string, let judged = row["s"]?.double else {
                return "a pair needs `a`, `b` and `s`"
            }
            let vectors = [one, other].map(extractor.similarityVector)
            found.append((zip(vectors[0], vectors[1]).reduce(0) { $0 + $1.0 * $1.1 }, judged))
            return nil
        }
        pairs = found
    }

    /// For bounds of the cosine, how many of the pairs above it mean the same, and how many of those below do not.
    var lines: [String] {
        var lines = [
            "", "| cosine | pairs from it on | judged 4 to 5 | pairs below it | judged 0 to 3 |",
            "|---|---|---|---|---|",
        ]
        for bound in [Float(0.4), 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95] {
            let above = pairs.filter { $0.cosine >= bound }
            let below = pairs.filter { $0.cosine < bound }
            let same = Double(above.count { $0.judged >= 4 }) / Double(max(above.count, 1))
            let other = Double(below.count { $0.judged <= 3 }) / Double(max(below.count, 1))
            lines.append(
                "| \(bound) | \(above.count) | \(Percent.of(same)) % | \(below.count) | \(Percent.of(other)) % |")
        }
        return lines
    }
}
