internal import Checks
internal import Dialogue
internal import Providers
internal import Routing
internal import WireFormats

/// An answer, whole or its beginning, of which the client has seen nothing.
///
/// Handed from one to the next, hence a reference.
final class HeldAnswer {
    enum Content {
        case whole(WholeAnswer)
        case stream(HeldStream)

        /// The answer as checks look at it.
        func answer(to prompt: Prompt, taskClass: TaskClass) -> Answer {
            switch self {
            case .whole(let whole): whole.completion.answer(to: prompt, taskClass: taskClass)
            case .stream(let stream): stream.account.answer(to: prompt, taskClass: taskClass)
            }
        }
    }

    let answered: ExchangeHandler.Answered
    let content: Content
    /// What checks made of it; nil where the route has none look.
    let judgement: Judgement?
    let draft: Draft
    /// Whether its attempt is accounted for: it has come to its end.
    let isAccounted: Bool

    init(
        _ answered: ExchangeHandler.Answered, _ content: Content, _ judgement: Judgement?, draft: Draft,
        isAccounted: Bool
    ) {
        self.answered = answered
        self.content = content
        self.judgement = judgement
        self.draft = draft
        self.isAccounted = isAccounted
    }

    var opinion: Opinion {
        Opinion(draft: draft, findings: isAccounted ? judgement?.findings : nil, canonical: judgement?.canonical)
    }
}
