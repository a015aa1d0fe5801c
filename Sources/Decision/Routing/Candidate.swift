package import Catalog
package import Dialogue

/// A model at a provider that speaks one wire format: what a plan chooses among.
///
/// One object for as long as its configuration lasts: routes and plans point to it, which costs a word where a copy
/// would cost its names.
package final class Candidate: Hashable, Sendable {
    package let model: CatalogModel
    package let provider: ProviderName
    /// The model's name as this provider knows it.
    package let upstreamName: String
    /// The wire format that the provider speaks, `openai` or `anthropic`.
    package let format: String
    /// The price in force: the catalog's or the operator's.
    package let prices: ModelPrices

    package init(
        model: CatalogModel, provider: ProviderName, upstreamName: String, format: String, prices: ModelPrices
    ) {
        self.model = model
        self.provider = provider
        self.upstreamName = upstreamName
        self.format = format
        self.prices = prices
    }

    package static func == (left: Candidate, right: Candidate) -> Bool {
        left === right
            || (left.model == right.model && left.provider == right.provider
                && left.upstreamName == right.upstreamName && left.format == right.format
                && left.prices == right.prices)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(provider)
        hasher.combine(upstreamName)
    }
}
