package import Dialogue

/// What a call of each of a route's candidates is expected to use.
package enum UsageForecast: Sendable {
    /// The same of each.
    case alike(TokenUsage)
    /// One for each candidate of the route, in order.
    case each([TokenUsage])

    package subscript(_ candidate: Int) -> TokenUsage {
        switch self {
        case .alike(let usage): usage
        case .each(let usages): usages[candidate]
        }
    }
}
