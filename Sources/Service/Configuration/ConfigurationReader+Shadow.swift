internal import Dialogue
internal import Routing
internal import Settings

extension ConfigurationReader {
    static let shadowNames = ["shadow", "shadow_budget", "until_certified"]

    /// Reads which share of exchanges is compared with the baseline, for how many dollars a day, and who answers until then.
    func readShadowing(_ fields: [String: Setting], into route: inout Route) {
        if let share = fields["shadow"]?.percent(in: 0...100), share > 0 { route.shadowing = Shadowing(share: share) }
        if let setting = fields["shadow_budget"], let budget = readBudget(setting) {
            if route.shadowing == nil {
                setting.mistake("limits nothing without 'shadow', the share of exchanges to compare, such as 2%")
            }
            route.shadowing?.budget = budget
        }
        if let setting = fields["until_certified"],
            let word = setting.word(of: Interim.allCases.map(\.rawValue)).flatMap(Interim.init)
        {
            route.interim = word
            if case .quality = route.wish { return }
            if word == .baseline { setting.mistake("waits for ever: only 'quality: within …' is ever certified") }
        }
    }

    /// Reads `$5 a day`.
    private func readBudget(_ setting: Setting) -> Nanodollars? {
        guard let text = setting.text() else { return nil }
        let words = text.split(separator: " ")
        guard words.count == 3, words[1...] == ["a", "day"], words[0].hasPrefix("$"),
            let dollars = Double(words[0].dropFirst()), dollars > 0, dollars <= 1e6
        else {
            setting.mistake("should be such as '$5 a day', not '\(text)'")
            return nil
        }
        return Nanodollars(Int64((dollars * 1e9).rounded()))
    }
}
