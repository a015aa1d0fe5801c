internal import Dialogue

/// One line of the catalog, split into its columns; `Scripts/refresh-catalog` explains them.
struct CatalogRow {
    private let fields: [Substring]

    /// Splits a line; missing columns at its end are empty.
    init(_ line: String) {
        fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    }

    private func text(_ column: Int) -> Substring { column < fields.count ? fields[column] : "" }

    /// What the line is found by: the price map's name, which often begins with the provider's.
    var key: String { String(text(0)) }
    /// The model's name as its provider knows it: the key without the provider's name and slash.
    var name: ModelName {
        let key = key
        let prefix = "\(provider)/"
        return ModelName(key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key)
    }
    var provider: ProviderName { ProviderName(String(text(1))) }

    /// The model of this line.
    ///
    /// - Throws: what is wrong with the line.
    func model(grade: Int?) throws(Fault) -> CatalogModel {
        guard (2...17).contains(fields.count), !fields[0].isEmpty, !fields[1].isEmpty else {
            throw Fault("expected name, provider and at most 15 more columns, found \(fields.count) columns")
        }
        return CatalogModel(
            name: name, provider: provider, grade: grade, prices: try prices(), contextTokens: try number(8),
            maxOutputTokens: try number(9), capabilities: try capabilities())
    }

    private func prices() throws(Fault) -> ModelPrices? {
        guard let input = try price(2), let output = try price(3) else { return nil }
        var prices = ModelPrices(
            input: input, output: output, cacheRead: try price(4), cacheWrite: try price(5),
            cacheWriteLong: try price(6), reasoning: try price(7))
        if let threshold = try number(11), let input = try price(12), let output = try price(13) {
            let long = ModelPrices(
                input: input, output: output, cacheRead: try price(14), cacheWrite: try price(15),
                cacheWriteLong: try price(16))
            prices.longInput = LongInputPrices(above: threshold, prices: long)
        }
        return prices
    }

    private func price(_ column: Int) throws(Fault) -> Picodollars? {
        try number(column).map { Picodollars(Int64($0)) }
    }

    private func number(_ column: Int) throws(Fault) -> Int? {
        let field = text(column)
        if field.isEmpty { return nil }
        guard let value = Int(field), value >= 0, value < 1_000_000_000_000_000 else {
            throw Fault("column \(column + 1) should be a whole number, found '\(field)'")
        }
        return value
    }

    private func capabilities() throws(Fault) -> Capabilities {
        var found: Capabilities = [.audio, .documents]
        for flag in text(10) {
            switch flag {
            case "t": found.insert(.tools)
            case "v": found.insert(.vision)
            case "j": found.insert(.json)
            case "s": found.insert(.jsonSchema)
            case "r": found.insert(.reasoning)
            case "A": found.remove(.audio)
            case "D": found.remove(.documents)
            default: throw Fault("unknown capability '\(flag)', expected letters of 'tvjsrAD'")
            }
        }
        return found
    }

    /// What is wrong with a line.
    struct Fault: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }
}
