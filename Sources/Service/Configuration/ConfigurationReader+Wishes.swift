internal import Dialogue
internal import Routing
internal import Settings

extension ConfigurationReader {
    /// Reads what the operator wants of a route: `quality`, `saving` or `value`.
    func readWish(
        _ fields: [String: Setting], of setting: Setting, into route: inout Route,
        _ configuration: GatewayConfiguration
    ) {
        let wishes = ["quality", "saving", "value"].compactMap { fields[$0] }
        if wishes.count > 1 {
            setting.mistake("can want one thing: keep one of 'quality', 'saving' and 'value'")
            return
        }
        if let quality = fields["quality"] {
            readQuality(quality, baseline: fields["baseline"], into: &route, configuration)
        } else if let saving = fields["saving"]?.percent(in: 1...99) {
            route.wish = .saving(saving)
        } else if let value = fields["value"]?.dollars("what a right answer is worth in dollars, such as $0.02") {
            route.wish = .value(value)
        }
    }

    /// Reads `within 2 points of MODEL`, or without a model where the route has a baseline.
    private func readQuality(
        _ setting: Setting, baseline: Setting?, into route: inout Route, _ configuration: GatewayConfiguration
    ) {
        guard let text = setting.text() else { return }
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 3 || (words.count == 5 && words[3] == "of"), words[0] == "within",
            words[2] == "points" || words[2] == "point", let points = Double(words[1]), points >= 0.1, points <= 50
        else {
            setting.mistake("should be such as 'within 2 points of gpt-4o', not '\(text)'")
            return
        }
        route.wish = .quality(loss: points / 100)
        guard words.count == 5 else { return }
        guard let candidate = configuration.candidate(forModel: words[4]) else {
            setting.mistake(configuration.absence(ofModel: words[4]))
            return
        }
        guard let index = route.candidates.firstIndex(of: candidate) else {
            setting.mistake("compares with '\(words[4])', which is none of the route's candidates; list it there")
            return
        }
        if baseline != nil, route.baseline != index {
            setting.mistake("compares with another model than 'baseline' does; leave one of them out")
        }
        route.baseline = index
    }
}

extension Setting {
    /// Reads an amount such as `$0.02`; `expected` says what for.
    func dollars(_ expected: String) -> Nanodollars? {
        guard let text = text() else { return nil }
        let digits = text.hasPrefix("$") ? text.dropFirst() : text[...]
        guard let dollars = Double(digits), dollars > 0, dollars <= 1e6 else {
            mistake("should be \(expected), not '\(text)'")
            return nil
        }
        return Nanodollars(Int64((dollars * 1e9).rounded()))
    }
}
