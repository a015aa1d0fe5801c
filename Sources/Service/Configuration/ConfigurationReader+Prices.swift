internal import Catalog
internal import Dialogue
internal import Settings

extension ConfigurationReader {
    /// The price that the entry sets, else this provider's list price; another's is none.
    func prices(
        _ name: String, at provider: ProviderName, _ fields: [String: Setting], _ setting: Setting,
        listed: CatalogModel?
    ) -> ModelPrices? {
        if fields["free"]?.flag() == true { return ModelPrices(input: .zero, output: .zero) }
        guard let price = fields["price"] else {
            if let listed, listed.provider == provider, let prices = listed.listPrices { return prices }
            setting.mistake(Self.missingPrice(of: name, at: provider, listed: listed))
            return nil
        }
        guard let parts = price.fields(["input", "output", "cache_read", "cache_write", "reasoning"]) else {
            return nil
        }
        let read = parts.compactMapValues { $0.picodollarsPerToken().map(Picodollars.init) }
        guard let input = read["input"], let output = read["output"] else {
            if parts["input"] == nil || parts["output"] == nil {
                price.mistake("needs 'input' and 'output', in dollars for a million tokens")
            }
            return nil
        }
        guard input > .zero || output > .zero else {
            price.mistake("a price of zero would win every time; if it is meant, say free: true instead")
            return nil
        }
        return ModelPrices(
            input: input, output: output, cacheRead: read["cache_read"], cacheWrite: read["cache_write"],
            reasoning: read["reasoning"])
    }

    /// Why the model has no price at this provider, and how to give it one.
    static func missingPrice(of name: String, at provider: ProviderName, listed: CatalogModel?) -> String {
        guard let listed, listed.provider != provider, let prices = listed.listPrices else {
            return "has no known price; give it one: \(name): { price: { input: 0.15, output: 0.60 } }"
        }
        return "the known price is that of \(listed.provider), not of \(provider); say what it costs there: "
            + "\(name): { price: { input: \(prices.input.dollarsPerMillion), "
            + "output: \(prices.output.dollarsPerMillion) } }"
    }
}

extension CatalogModel {
    /// The list price; nil where it is unknown or zero, which would win every time.
    var listPrices: ModelPrices? { prices.flatMap { $0.input > .zero || $0.output > .zero ? $0 : nil } }
}
