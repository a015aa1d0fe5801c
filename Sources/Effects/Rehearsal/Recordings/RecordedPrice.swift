internal import Catalog
internal import Dialogue
import ExactNumbers
internal import JSON

/// A list price as its file spells it, in dollars per million tokens.
struct RecordedPrice: Sendable {
    let input: String
    let output: String

    /// Reads `input_per_1m` and `output_per_1m`; nil if one is missing or finer than a picodollar per token.
    init?(_ value: JSONValue) {
        guard let input = value["input_per_1m"]?.numberText, let output = value["output_per_1m"]?.numberText,
            Self.picodollars(input) != nil, Self.picodollars(output) != nil
        else { return nil }
        self.input = input
        self.output = output
    }

    var prices: ModelPrices? {
        guard let input = Self.picodollars(input), let output = Self.picodollars(output) else { return nil }
        return ModelPrices(input: input, output: output)
    }

    /// A dollar for a million tokens is a million picodollars for one.
    private static func picodollars(_ dollars: String) -> Picodollars? {
        guard let price = Rational(decimal: dollars)?.times(Rational(1_000_000)), price.isWhole else { return nil }
        return Picodollars(Int64(price.numerator))
    }
}
