package import Dialogue

/// A virtual model: which models may answer, and how strong the answer must be by kind of task.
package struct Route: Sendable {
    package var name: RouteName
    package let candidates: [Candidate]
    /// What each of the candidates offers.
    let offers: [Offer]
    /// The reference for savings: its position among ``candidates``; nil takes the dearest that could have answered.
    package var baseline: Int?
    /// The least grade allowed for each task class.
    package var grades: GradeTable
    /// Real model names that clients ask for and this route answers instead.
    package var rewrites: Set<ModelName>
    /// Whether responses and streams carry the decision.
    package var annotate: Bool

    package init(
        name: RouteName, candidates: [Candidate], baseline: Int? = nil, grades: GradeTable = .standard,
        rewrites: Set<ModelName> = [], annotate: Bool = true
    ) {
        self.name = name
        self.candidates = candidates
        offers = Offer.all(of: candidates)
        self.baseline = baseline
        self.grades = grades
        self.rewrites = rewrites
        self.annotate = annotate
    }
}

/// The least grade that each task class needs.
package struct GradeTable: Hashable, Sendable {
    private var grades: [TaskClass: Int]

    /// Classes that are left out take the standard table's grade.
    package init(_ grades: [TaskClass: Int]) {
        self.grades = Self.defaults.merging(grades) { $1 }
    }

    package static let standard = GradeTable([:])

    package subscript(_ taskClass: TaskClass) -> Int { grades[taskClass] ?? 3 }

    private static let defaults: [TaskClass: Int] = [
        .conversation: 1, .classification: 1, .extraction: 2, .rewriting: 2, .translation: 2, .summarisation: 2,
        .factual: 2, .support: 2, .creative: 3, .code: 3, .maths: 3, .agentic: 3, .reasoning: 4, .unknown: 3,
    ]
}
