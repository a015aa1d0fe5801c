package import Dialogue

/// All that is kept of one client request: who asked, what was decided, what was tried, what it cost.
///
/// Prompts and answers are no part of it. Its copies share what is in it, for it is handed on many times and changed seldom.
package struct ExchangeRecord: Hashable, Sendable {
    private struct Members: Hashable, Sendable {
        var id: ExchangeID
        var arrival: Int64
        var duration: Int64
        var overhead: Int64
        var caller: CallerName
        var route: RouteName?
        var requested: String
        var taskClass: TaskClass
        var format: String
        var streamed: Bool
        var status: Int
        var deliveredModel: ModelName?
        var deliveredProvider: ProviderName?
        var baselineModel: ModelName?
        var baselineCost: Nanodollars?
        var attempts: [AttemptRecord]
        var deliveredAttempt: Int?
        var prompt: PromptSketch?
        var review: ReviewMark?
        var shadowed: ExchangeID?
    }

    private final class Shared: Sendable {
        let members: Members
        init(_ members: Members) { self.members = members }
    }

    private var shared: Shared

    package init(
        id: ExchangeID, arrival: Int64, duration: Int64, overhead: Int64, caller: CallerName, route: RouteName?,
        requested: String, taskClass: TaskClass, format: String, streamed: Bool, status: Int,
        deliveredModel: ModelName?, deliveredProvider: ProviderName?, baselineModel: ModelName?,
        baselineCost: Nanodollars?, attempts: [AttemptRecord], deliveredAttempt: Int? = nil,
        prompt: PromptSketch? = nil, review: ReviewMark? = nil, shadowed: ExchangeID? = nil
    ) {
        shared = Shared(
            Members(
                id: id, arrival: arrival, duration: duration, overhead: overhead, caller: caller, route: route,
                requested: requested, taskClass: taskClass, format: format, streamed: streamed, status: status,
                deliveredModel: deliveredModel, deliveredProvider: deliveredProvider, baselineModel: baselineModel,
                baselineCost: baselineCost, attempts: attempts, deliveredAttempt: deliveredAttempt, prompt: prompt,
                review: review, shadowed: shadowed))
    }

    package static func == (left: ExchangeRecord, right: ExchangeRecord) -> Bool {
        left.shared === right.shared || left.shared.members == right.shared.members
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(shared.members) }

    private mutating func change<Value>(_ member: WritableKeyPath<Members, Value>, to value: Value) {
        var members = shared.members
        members[keyPath: member] = value
        shared = Shared(members)
    }

    package var id: ExchangeID {
        get { shared.members.id }
        set { change(\.id, to: newValue) }
    }
    /// When the request had arrived: microseconds since 1970.
    package var arrival: Int64 {
        get { shared.members.arrival }
        set { change(\.arrival, to: newValue) }
    }
    /// From arrival to the last byte handed to the socket, in microseconds.
    package var duration: Int64 { shared.members.duration }
    /// The gateway's own share of it up to the first upstream call, in microseconds.
    package var overhead: Int64 { shared.members.overhead }
    package var caller: CallerName { shared.members.caller }
    /// The route that decided; nil when the client pinned a model.
    package var route: RouteName? {
        get { shared.members.route }
        set { change(\.route, to: newValue) }
    }
    /// The model or route that the client asked for.
    package var requested: String {
        get { shared.members.requested }
        set { change(\.requested, to: newValue) }
    }
    package var taskClass: TaskClass { shared.members.taskClass }
    /// `openai` or `anthropic`: the format the client spoke.
    package var format: String { shared.members.format }
    package var streamed: Bool { shared.members.streamed }
    /// The status that the client was sent, 499 if it hung up first.
    package var status: Int {
        get { shared.members.status }
        set { change(\.status, to: newValue) }
    }
    /// Whose answer was delivered; nil if none was.
    package var deliveredModel: ModelName? {
        get { shared.members.deliveredModel }
        set { change(\.deliveredModel, to: newValue) }
    }
    package var deliveredProvider: ProviderName? {
        get { shared.members.deliveredProvider }
        set { change(\.deliveredProvider, to: newValue) }
    }
    /// The reference for savings, and what it would have cost; always an estimate.
    package var baselineModel: ModelName? {
        get { shared.members.baselineModel }
        set { change(\.baselineModel, to: newValue) }
    }
    package var baselineCost: Nanodollars? {
        get { shared.members.baselineCost }
        set { change(\.baselineCost, to: newValue) }
    }
    /// Every upstream call, in order.
    package var attempts: [AttemptRecord] {
        get { shared.members.attempts }
        set { change(\.attempts, to: newValue) }
    }
    /// The number of the attempt whose answer was delivered; nil if none was.
    package var deliveredAttempt: Int? {
        get { shared.members.deliveredAttempt }
        set { change(\.deliveredAttempt, to: newValue) }
    }
    /// What is kept of the prompt to learn from; nil for a pinned model and a lost exchange.
    package var prompt: PromptSketch? {
        get { shared.members.prompt }
        set { change(\.prompt, to: newValue) }
    }
    /// That a person should look at the answer; nil where nobody needs to.
    package var review: ReviewMark? {
        get { shared.members.review }
        set { change(\.review, to: newValue) }
    }
    /// The exchange whose request was asked once more of other models, to compare with; nil for a client's own.
    package var shadowed: ExchangeID? {
        get { shared.members.shadowed }
        set { change(\.shadowed, to: newValue) }
    }
}
