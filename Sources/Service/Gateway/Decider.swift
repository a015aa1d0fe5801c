internal import Catalog
internal import Certification
internal import Configuration
package import Dialogue
package import Features
internal import Prediction
internal import Routing
package import TaskClasses
package import WireFormats

/// Decides which models to ask, alike for serving and for explaining.
///
/// One for each thread, for its scratch space.
package final class Decider {
    let extractor: FeatureExtractor
    private let classifier: TaskClassifier

    package init(extractor: FeatureExtractor, classifier: TaskClassifier) {
        self.extractor = extractor
        self.classifier = classifier
    }

    /// Decides for one prompt that came in a wire format.
    ///
    /// `pinned` says that the client wants the model it names and no other; `draw` gives the number from 0 up to 1 that
    /// exploration goes by, where a route wants any; `habits` say what calls are expected to use, at a `time` in microseconds
    /// since 1970. What is thrown tells what the client must change if no model may be asked.
    package func decide(
        _ prompt: Prompt, from format: WireFormat, pinned: Bool, snapshot: GatewaySnapshot,
        habits: UsageHabits? = nil, at time: Int64 = 0, draw: (() -> Double)? = nil
    ) throws(APIFailure) -> Decision {
        let features = extractor.features(of: prompt)
        let obstacles = obstacles(to: prompt, from: format)
        let classification = classifier.classify(features, prompt: prompt)
        let request = PlanRequest(
            taskClass: classification.taskClass, inputTokens: features.inputTokens,
            expectedOutputTokens: ExpectedOutput.tokens(
                for: classification.taskClass, limit: prompt.maxOutputTokens),
            choices: prompt.choices, maxOutputTokens: prompt.maxOutputTokens, needs: Self.needs(of: prompt, features),
            obstacles: obstacles.isEmpty ? [:] : obstacles.mapValues { "\($0.path): \($0.reason)" })
        let (target, isPinned) = try Self.target(
            of: prompt.model, pinned: pinned, configuration: snapshot.configuration)
        let askTokens = features.isLastTurn ? features.tokens : nil
        let vector = PromptVector(features, taskClass: classification.taskClass)
        let knowledge = isPinned ? nil : snapshot.knowledge(of: target.name)
        let aim = knowledge?.aim ?? .grade
        // A policy that is certified, or tested pair by pair, stays the one that it is.
        let isFixed =
            knowledge.map { $0.standing.isCertified || $0.policies != nil && target.shadowing != nil } ?? false
        let forecast = isFixed ? nil : habits?.forecast(prompt, request, of: target.candidates, at: time)
        var plan = Policy.plan(
            request, route: target, aim: aim,
            expectations: knowledge?.expectations(vector, inputTokens: request.inputTokens) ?? [], forecast: forecast)
        var guide: CascadeGuide?
        if target.escalation != nil,
            let guided = knowledge?.guided(plan, vector, inputTokens: request.inputTokens, aim: aim)
        {
            (plan, guide) = (guided.plan, guided.guide)
        }
        guard !plan.order.isEmpty else {
            let formats = Set(target.candidates.map(\.format))
            // What no candidate's format can carry is the client's to change: the field is named as its API does.
            if formats.count == 1, let obstacle = obstacles[formats.first ?? ""] { throw obstacle.failure }
            throw Self.noCandidate(prompt.model, plan)
        }
        let (first, propensity) =
            if !isPinned, target.waits(for: knowledge) {
                (plan.baseline.flatMap { plan.order.place(of: $0.candidate) } ?? 0, 1.0)
            } else {
                // What is certified serves as it was certified; comparisons learn in place of exploring.
                Self.explore(
                    plan, share: knowledge?.standing.isCertified ?? false ? 0 : target.exploration, draw: draw)
            }
        if first != 0 { plan = plan.asking(first: first) }
        let route = isPinned ? nil : target
        guide = route?.escalation(knowing: knowledge) == nil ? nil : guide?.placed(in: plan)
        return Decision(
            route: route, classification: classification, request: request, plan: plan, knowledge: knowledge,
            answers: snapshot.knowledge?.answers, aim: aim, prompt: vector,
            askTokens: askTokens, propensity: propensity, isStream: prompt.stream, forecast: forecast, guide: guide)
    }

    /// The outcomes of a model that are enough to know it by.
    static let wellKnown = 200

    /// The place of whom to ask first: in a share of exchanges one of the candidates that are not well known, each as often as the
    /// others.
    private static func explore(_ plan: Plan, share: Double, draw: (() -> Double)?) -> (first: Int, propensity: Double)
    {
        guard share > 0, let draw else { return (0, 1) }
        let places = plan.order.indices.filter { plan.order[$0].expectation?.outcomes ?? 0 < wellKnown }
        guard places.count > 1 || places.first != 0, !places.isEmpty else { return (0, 1) }
        let each = share / Double(places.count)
        let drawnShare = draw()
        let drawn = drawnShare < share ? places[min(Int(drawnShare / each), places.count - 1)] : 0
        let isAmong = places.contains(drawn)
        return (drawn, (drawn == 0 ? 1 - share : 0) + (isAmong ? each : 0))
    }

    private static func needs(of prompt: Prompt, _ features: PromptFeatures) -> Capabilities {
        var needs = Capabilities()
        if !prompt.tools.isEmpty { needs.insert(.tools) }
        if features.structure.images > 0 { needs.insert(.vision) }
        if prompt.hasAudio { needs.insert(.audio) }
        if prompt.hasDocuments { needs.insert(.documents) }
        switch prompt.outputFormat {
        case .text: break
        case .json: needs.insert(.json)
        case .schema: needs.insert(.jsonSchema)
        }
        return needs
    }

    private func obstacles(to prompt: Prompt, from source: WireFormat) -> [String: ConversionObstacle] {
        var obstacles: [String: ConversionObstacle] = [:]
        for format in WireFormat.allCases {
            guard let obstacle = format.obstacle(to: prompt, from: source) else { continue }
            obstacles[format.rawValue] = obstacle
        }
        return obstacles
    }

    /// The route that answers for a model, or one with that model alone.
    private static func target(
        of model: String, pinned: Bool, configuration: GatewayConfiguration
    ) throws(APIFailure) -> (route: Route, isPinned: Bool) {
        if !pinned {
            if let route = configuration.route(for: model) { return (route, false) }
        }
        if let candidate = configuration.candidate(forModel: model) {
            return (Route(name: RouteName(model), candidates: [candidate]), true)
        }
        let routes = configuration.routes.keys.map(\.text).sorted().joined(separator: ", ")
        // Nobody meant a name this long: it is neither compared with others nor repeated.
        let absence =
            model.utf8.count > 256 ? "the model's name is too long" : configuration.absence(ofModel: model)
        throw APIFailure(
            .notFound, status: 404, message: "\(absence); or ask for a route: \(routes)", parameter: "model",
            code: "model_not_found")
    }

    private static func noCandidate(_ model: String, _ plan: Plan) -> APIFailure {
        let reasons = plan.refused.map { "\($0.candidate.model.name): \($0.reason)" }.joined(separator: " ")
        return APIFailure(
            .invalidRequest, status: 400, message: "no model of \"\(model)\" can answer this request: \(reasons)",
            code: "no_capable_model")
    }
}

extension Route {
    /// Whether the baseline is to answer because no policy is certified yet.
    func waits(for knowledge: RouteKnowledge?) -> Bool {
        interim == .baseline && !(knowledge?.standing.isCertified ?? false)
    }

    /// When a better model is asked than the one that answered; nil where the baseline answers, or a certified policy that does
    /// not ask another.
    func escalation(knowing knowledge: RouteKnowledge?) -> EscalationPolicy? {
        if case .certified(let certificate)? = knowledge?.standing, certificate.policy.mostAnswers == 1 { return nil }
        return waits(for: knowledge) ? nil : escalation
    }
}
