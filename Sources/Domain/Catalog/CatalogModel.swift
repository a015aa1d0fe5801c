package import Dialogue

/// What is known of a model: what it costs, how much it takes, what it can do, how strong it is.
package struct CatalogModel: Hashable, Sendable {
    package var name: ModelName
    /// The provider whose list price this is.
    package var provider: ProviderName
    /// Strength from 1 (a workhorse for small tasks) to 5 (the best there is); nil for models nobody graded, which are
    /// no candidates unless a route names them.
    package var grade: Int?
    /// nil where no price is known: such a model is refused until the operator sets one.
    package var prices: ModelPrices?
    /// Tokens that input and output may have together; nil if unknown.
    package var contextTokens: Int?
    package var maxOutputTokens: Int?
    package var capabilities: Capabilities

    package init(
        name: ModelName, provider: ProviderName, grade: Int?, prices: ModelPrices?, contextTokens: Int?,
        maxOutputTokens: Int?, capabilities: Capabilities
    ) {
        self.name = name
        self.provider = provider
        self.grade = grade
        self.prices = prices
        self.contextTokens = contextTokens
        self.maxOutputTokens = maxOutputTokens
        self.capabilities = capabilities
    }
}

/// What a model can do beyond text.
package struct Capabilities: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let tools = Capabilities(rawValue: 1)
    package static let vision = Capabilities(rawValue: 2)
    /// JSON mode: any object.
    package static let json = Capabilities(rawValue: 4)
    /// Output held to a JSON Schema.
    package static let jsonSchema = Capabilities(rawValue: 8)
    package static let reasoning = Capabilities(rawValue: 16)
    /// Sound, heard or spoken.
    package static let audio = Capabilities(rawValue: 32)
    /// Files such as PDF, their pages looked at.
    package static let documents = Capabilities(rawValue: 64)
}
