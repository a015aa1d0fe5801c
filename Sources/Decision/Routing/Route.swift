package import Dialogue

/// A virtual model: which models may answer, and how strong the answer must be by kind of task.
package struct Route: Sendable {
    package var name: RouteName
    package let candidates: [Candidate]
    /// What each of the candidates offers.
    let offers: [Offer]
    /// The reference for savings: its position among ``candidates``; nil takes the dearest that could have answered.
    package var baseline: Int?
    /// The least grade for each task class, where nothing more is known of a model than its grade.
    package var grades: GradeTable
    /// What the operator wants of the route.
    package var wish: Wish
    /// The share of exchanges that any able candidate answers of which little is known, so that something is learned of all.
    package var exploration: Double = 0
    /// Whether checks look at answers; without them nothing is said of an answer, and nothing kept of it.
    package var looksAtAnswers = true
    /// When another model is asked than the one that answered; nil for never.
    package var escalation: EscalationPolicy? = .standard
    /// How many models are asked at once.
    package var pace = Pace()
    /// When streams are handed out.
    package var delivery = DeliveryPolicy()
    /// Which answers a person should look at.
    package var review = ReviewPolicy()
    /// What the next model is shown of an answer that would not do.
    package var handover = Handover.nothing
    /// How often answers are compared with the baseline's; nil for never.
    package var shadowing: Shadowing?
    /// Who answers while no policy is certified.
    package var interim = Interim.estimates
    /// Real model names that clients ask for and this route answers instead.
    package var rewrites: Set<ModelName>
    /// Whether responses and streams carry the decision.
    package var annotate: Bool

    package init(
        name: RouteName, candidates: [Candidate], baseline: Int? = nil, grades: GradeTable = .standard,
        wish: Wish = .standard, rewrites: Set<ModelName> = [], annotate: Bool = true
    ) {
        self.name = name
        self.candidates = candidates
        offers = Offer.all(of: candidates)
        self.baseline = baseline
        self.grades = grades
        self.wish = wish
        self.rewrites = rewrites
        self.annotate = annotate
    }
}

/// The least grade that each task class needs.
package struct GradeTable: Hashable, Sendable {
    /// By the place of the class.
    private var grades: [Int]
    private var demands: [Int?]

    /// Classes that are left out take the standard table's grade.
    package init(_ grades: [TaskClass: Int]) {
        demands = TaskClass.allCases.map { grades[$0] }
        self.grades = TaskClass.allCases.map { grades[$0] ?? Self.defaults[$0] ?? 3 }
    }

    package static let standard = GradeTable([:])

    package subscript(_ taskClass: TaskClass) -> Int { grades[taskClass.place] }

    /// The grade that was given for this class; nil where the standard one stands in.
    package func demanded(_ taskClass: TaskClass) -> Int? { demands[taskClass.place] }

    private static let defaults: [TaskClass: Int] = [
        .conversation: 1, .classification: 1, .extraction: 2, .rewriting: 2, .translation: 2, .summarisation: 2,
        .factual: 2, .support: 2, .creative: 3, .code: 3, .maths: 3, .agentic: 3, .reasoning: 4, .unknown: 3,
    ]
}
