internal import Certification
internal import Dialogue
package import Experience
package import Prediction
package import Routing
package import TaskClasses

/// What was decided for a request, with everything that explains it.
package struct Decision: Sendable {
    /// The route that decided; nil when the client pinned a model.
    package var route: Route?
    package var classification: TaskClassification
    package var request: PlanRequest
    package var plan: Plan
    /// What the route's order goes by; nil where grades alone decide.
    package var knowledge: RouteKnowledge?
    /// What was learned of answers; nil where nothing was.
    package var answers: AnswerKnowledge?
    /// How the plan was put in order.
    package var aim: Aim
    /// The prompt as a predictor sees it.
    package var prompt: PromptVector
    /// The WordPiece ids of the last user turn; nil where more or less than that was read.
    var askTokens: [Int32]?
    /// The probability with which this candidate came first: 1 but for exploration.
    package var propensity: Double
    /// Whether the client wants the answer as it comes.
    var isStream = false
    /// What its candidates are expected to use; nil where nothing is known of that.
    var forecast: UsageForecast?
    /// What was learned of asking the plan's candidates one after the other; nil where nothing was.
    var guide: CascadeGuide?

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
    package var escalation: EscalationPolicy? {
        if case .certified(let certificate)? = knowledge?.standing, certificate.policy.mostAnswers == 1 { return nil }
        if waits { return nil }
        return route?.escalation
    }

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

    /// The decision in a line for the `x-farthing-decision` header.
    package var summary: String {
        guard let route else { return "pinned by the client" }
        let sure = Int((classification.confidence * 100).rounded())
        let able = plan.order.count
        if waits {
            return
                "\(route.name): \(classification.taskClass.rawValue) (\(sure) %); uncertified, so the baseline answers"
        }
        if knowledge != nil, let expected = plan.order.first?.expectation {
            let standing = isCertified ? "certified" : "uncertified"
            return "\(route.name): \(classification.taskClass.rawValue) (\(sure) %), expected right with "
                + "\(Int((expected.probability * 100).rounded())) %; first of \(able) able, "
                + "\(plan.refused.count) refused; \(standing)"
        }
        return "\(route.name): \(classification.taskClass.rawValue) (\(sure) %) needs grade \(plan.grade); "
            + "cheapest of \(able) able, \(plan.refused.count) refused"
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
