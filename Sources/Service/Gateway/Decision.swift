internal import Certification
internal import Dialogue
package import Experience
internal import HTTPMessages
package import Prediction
package import Routing
package import TaskClasses

/// What was decided for a request, with everything that explains it.
///
/// Read by all that happens to an exchange, hence a reference.
package final class Decision: Sendable {
    /// The route that decided; nil when the client pinned a model.
    package let route: Route?
    package let classification: TaskClassification
    package let request: PlanRequest
    package let plan: Plan
    /// What the route's order goes by; nil where grades alone decide.
    package let knowledge: RouteKnowledge?
    /// What was learned of answers; nil where nothing was.
    package let answers: AnswerKnowledge?
    /// How the plan was put in order.
    package let aim: Aim
    /// The prompt as a predictor sees it.
    package let prompt: PromptVector
    /// The WordPiece ids of the last user turn; nil where more or less than that was read.
    let askTokens: [Int32]?
    /// The probability with which this candidate came first: 1 but for exploration.
    package let propensity: Double
    /// Whether the client wants the answer as it comes.
    let isStream: Bool
    /// What its candidates are expected to use; nil where nothing is known of that.
    let forecast: UsageForecast?
    /// What was learned of asking the plan's candidates one after the other; nil where nothing was.
    let guide: CascadeGuide?

    init(
        route: Route?, classification: TaskClassification, request: PlanRequest, plan: Plan,
        knowledge: RouteKnowledge?, answers: AnswerKnowledge?, aim: Aim, prompt: PromptVector, askTokens: [Int32]?,
        propensity: Double, isStream: Bool, forecast: UsageForecast?, guide: CascadeGuide?
    ) {
        self.route = route
        self.classification = classification
        self.request = request
        self.plan = plan
        self.knowledge = knowledge
        self.answers = answers
        self.aim = aim
        self.prompt = prompt
        self.askTokens = askTokens
        self.propensity = propensity
        self.isStream = isStream
        self.forecast = forecast
        self.guide = guide
    }

    /// How the answers are gone about.
    var course: Course { Course(plan: plan, aim: aim, escalation: escalation, guide: guide) }

    /// How many candidates are asked at once.
    var pace: Pace { escalation == nil ? Pace() : route?.pace ?? Pace() }

    /// When the answer is handed out.
    var delivery: Delivery {
        guard isStream else { return .held }
        return route?.delivery[classification.taskClass] ?? .streamed
    }

    /// When a better model is asked than the one that answered; nil for never: for a pinned model, and where a certified
    /// policy runs that does not.
    package var escalation: EscalationPolicy? { route?.escalation(knowing: knowledge) }

    /// Whether the baseline answers because no policy is certified yet.
    var waits: Bool { route.map { $0.waits(for: knowledge) } ?? false }

    /// Whether checks look at the answer at all.
    var looksAtAnswers: Bool { route?.looksAtAnswers ?? true }

    /// Whether the answer is looked at before it is handed out, so that another may take its place.
    var isHeld: Bool { delivery == .held }

    /// Whether this answer is given as it was certified: a policy that looks at answers does so only where they are held back.
    private var isCertified: Bool {
        switch knowledge?.standing {
        case .certified(let certificate)?: certificate.policy.mostAnswers == 1 || isHeld
        case .live?: true
        case .uncertified?, nil: false
        }
    }

    /// Writes the decision in a line, as the `x-farthing-decision` header has it.
    package func write(to line: inout [UInt8]) {
        guard let route else { return line.append(text: "pinned by the client") }
        line.append(text: route.name.text)
        line.append(text: ": ")
        line.append(text: classification.taskClass.rawValue)
        line.append(text: " (")
        line.append(percent: classification.confidence)
        if waits { return line.append(text: "); uncertified, so the baseline answers") }
        if knowledge != nil, let expected = plan.order.first?.expectation {
            line.append(text: "), expected right with ")
            line.append(percent: expected.probability)
            line.append(text: "; first of ")
        } else {
            line.append(text: ") needs grade ")
            line.append(number: plan.grade)
            line.append(text: "; cheapest of ")
        }
        line.append(number: plan.order.count)
        line.append(text: " able, ")
        line.append(number: plan.refused.count)
        line.append(text: " refused")
        if knowledge != nil, plan.order.first?.expectation != nil {
            line.append(text: isCertified ? "; certified" : "; uncertified")
        }
    }
}

extension Decision {
    /// Tells the route's saving control what was decided; once for each request that is served.
    func keepSaving() {
        guard let control = knowledge?.control, let first = plan.order.first, let baseline = plan.baseline else {
            return
        }
        control.note(
            cost: Double(first.estimatedCost.count) / 1e9, baseline: Double(baseline.estimatedCost.count) / 1e9)
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int) {
        guard 0...9 ~= number else { return append(text: String(number)) }
        append(UInt8(ascii: "0") + UInt8(number))
    }

    fileprivate mutating func append(percent share: Double) {
        append(number: Int((share * 100).rounded()))
        append(text: " %")
    }
}
