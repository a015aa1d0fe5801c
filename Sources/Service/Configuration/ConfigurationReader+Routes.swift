internal import Catalog
internal import Dialogue
internal import Routing
internal import Settings

extension ConfigurationReader {
    /// The routes of the file, and `auto` over all graded models unless the file says otherwise.
    func readRoutes(_ setting: Setting?, into configuration: inout GatewayConfiguration) {
        let graded = configuration.models.filter { $0.model.grade != nil }
        let auto = RouteName("auto")
        if !graded.isEmpty { configuration.routes[auto] = Route(name: auto, candidates: graded) }
        for (name, entry) in setting?.entries("a mapping of route names") ?? [] {
            configuration.routes[RouteName(name)] = route(name, entry, graded, &configuration)
        }
        if configuration.providers.isEmpty {
            configuration.warnings.append("no provider is configured or found in the environment")
        }
    }

    static let routeNames =
        ["candidates", "baseline", "grades", "quality", "saving", "value", "explore", "rewrites", "annotate", "checks"]
        + escalationNames + shadowNames

    private func route(
        _ name: String, _ setting: Setting, _ graded: [Candidate], _ configuration: inout GatewayConfiguration
    ) -> Route? {
        guard let fields = setting.fields(Self.routeNames) else { return nil }
        if configuration.byName[name] != nil {
            setting.mistake("is a model's name too; give the route another, and list the model under 'rewrites'")
        }
        var candidates = graded
        if let listed = fields["candidates"] {
            candidates = (listed.elements() ?? []).compactMap { candidate($0, configuration) }
        }
        guard !candidates.isEmpty else {
            if fields["candidates"]?.elements()?.isEmpty ?? true {
                setting.mistake("has no candidates; list models under 'candidates'")
            }
            return nil
        }
        for candidate in candidates where candidate.model.grade == nil {
            configuration.warnings.append(
                "routes.\(name): \(candidate.model.name) has no grade and counts as 1; give it one under 'models'")
        }
        var route = Route(name: RouteName(name), candidates: candidates)
        if let baseline = fields["baseline"], let reference = candidate(baseline, configuration) {
            route.baseline = candidates.firstIndex(of: reference)
            if route.baseline == nil { baseline.mistake("is none of the route's candidates; list it there") }
        }
        if let grades = fields["grades"] { route.grades = table(grades) }
        readWish(fields, of: setting, into: &route, configuration)
        if let share = fields["explore"]?.percent(in: 0...50) { route.exploration = share }
        readEscalation(fields, into: &route)
        readChecks(fields, into: &route)
        readShadowing(fields, into: &route)
        route.rewrites = Set((fields["rewrites"]?.texts() ?? []).map(ModelName.init))
        route.annotate = fields["annotate"]?.flag() ?? true
        return route
    }

    private func candidate(_ setting: Setting, _ configuration: GatewayConfiguration) -> Candidate? {
        guard let name = setting.text() else { return nil }
        if let candidate = configuration.candidate(forModel: name) { return candidate }
        setting.mistake(configuration.absence(ofModel: name))
        return nil
    }

    private func table(_ setting: Setting) -> GradeTable {
        var grades: [TaskClass: Int] = [:]
        for (name, entry) in setting.fields(TaskClass.allCases.map(\.rawValue)) ?? [:] {
            if let taskClass = TaskClass(rawValue: name) { grades[taskClass] = entry.integer(in: 1...5) }
        }
        return GradeTable(grades)
    }
}
