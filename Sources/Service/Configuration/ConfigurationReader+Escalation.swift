internal import Dialogue
internal import Routing
internal import Settings
internal import YAML

extension ConfigurationReader {
    static let escalationNames = [
        "escalate", "most_answers", "most_cost", "most_time", "at_once", "hedge", "delivery", "guard", "hold_headers",
        "handover", "review",
        "review_between",
    ]

    /// Reads when a better model is asked and what it is shown, how streams are handed out, and what people look at.
    func readEscalation(_ fields: [String: Setting], into route: inout Route) {
        readDelivery(fields, into: &route.delivery)
        readReview(fields, into: &route.review)
        if let word = fields["handover"]?.word(of: Handover.allCases.map(\.rawValue)).flatMap(Handover.init) {
            route.handover = word
        }
        var policy = EscalationPolicy.standard
        if let setting = fields["escalate"], let text = setting.text() {
            if text == "off" {
                route.escalation = nil
                return
            }
            let words = text.split(separator: " ")
            guard words.count == 2, words[0] == "below", words[1].hasSuffix("%"),
                let percent = Double(words[1].dropLast()), (1...99).contains(percent)
            else {
                setting.mistake("should be 'off', or such as 'below 40%', not '\(text)'")
                return
            }
            policy.floor = percent / 100
        }
        if let most = fields["most_answers"]?.integer(in: 1...8) { policy.mostAnswers = most }
        policy.mostCost = fields["most_cost"]?.dollars("the most dollars for one exchange, such as $0.05")
        policy.mostTime = fields["most_time"]?.duration(in: .milliseconds(1)...(.seconds(3600)))
        route.escalation = policy
        if let count = fields["at_once"]?.integer(in: 1...4) { route.pace.atOnce = count }
        route.pace.hedge = fields["hedge"]?.duration(in: .milliseconds(1)...(.seconds(600)))
    }

    /// Reads whether checks look at answers, without which nothing may go by them.
    func readChecks(_ fields: [String: Setting], into route: inout Route) {
        guard fields["checks"]?.word(of: ["on", "off"]) == "off" else { return }
        for name in Self.escalationNames + ["shadow"] {
            guard let setting = fields[name] else { continue }
            if case .scalar(let word, _) = setting.node.content, word == "off" || word == "streamed" { continue }
            setting.mistake("goes by checks, and this route says 'checks: off'; leave one of the two out")
        }
        route.looksAtAnswers = false
        route.escalation = nil
    }

    /// Reads `delivery`, one for all or by task class, and how long streams are held back.
    private func readDelivery(_ fields: [String: Setting], into policy: inout DeliveryPolicy) {
        if let setting = fields["delivery"] {
            if case .mapping = setting.node.content {
                for (name, entry) in setting.fields(TaskClass.allCases.map(\.rawValue) + ["else"]) ?? [:] {
                    guard let delivery = word(entry) else { continue }
                    if let taskClass = TaskClass(rawValue: name) {
                        policy.byClass[taskClass] = delivery
                    } else {
                        policy.standard = delivery
                    }
                }
            } else if let delivery = word(setting) {
                policy.standard = delivery
            }
        }
        if let setting = fields["guard"], let text = setting.text() {
            guard let hold = HoldBack(text) else {
                setting.mistake("should be such as '40 tokens', '800ms' or '40 tokens or 800ms', not '\(text)'")
                return
            }
            policy.hold = hold
        }
        if let patience = fields["hold_headers"]?.duration(in: .milliseconds(10)...(.seconds(600))) {
            policy.patience = patience
        }
    }

    private func word(_ setting: Setting) -> Delivery? {
        setting.word(of: Delivery.allCases.map(\.rawValue)).flatMap(Delivery.init)
    }

    private func readReview(_ fields: [String: Setting], into policy: inout ReviewPolicy) {
        if let action = fields["review"]?.word(of: ReviewPolicy.Action.allCases.map(\.rawValue)) {
            policy.action = ReviewPolicy.Action(rawValue: action) ?? policy.action
        }
        guard let setting = fields["review_between"], let text = setting.text() else { return }
        let bounds = text.split(separator: " ").filter { $0 != "to" }
            .map { $0.hasSuffix("%") ? Double($0.dropLast()) : nil }
        guard bounds.count == 2, let lower = bounds[0], let upper = bounds[1], 0 <= lower, lower <= upper, upper <= 100
        else {
            setting.mistake("should be such as '35% to 45%', not '\(text)'")
            return
        }
        policy.doubt = lower / 100...upper / 100
    }
}

extension HoldBack {
    /// Reads `40 tokens`, `800ms` or both joined by `or`.
    fileprivate init?(_ text: String) {
        var (tokens, time): (Int?, Duration?)
        var words = text.split(separator: " ").filter { $0 != "or" }[...]
        while let word = words.popFirst() {
            if let count = Int(word), (1...100_000).contains(count), words.first?.hasPrefix("token") ?? false {
                words.removeFirst()
                tokens = count
            } else if let duration = Setting.duration(String(word)), duration > .zero {
                time = duration
            } else {
                return nil
            }
        }
        guard tokens != nil || time != nil else { return nil }
        self.init(tokens: tokens ?? 100_000, time: time)
    }
}
