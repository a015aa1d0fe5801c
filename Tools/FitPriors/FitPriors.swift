import Foundation

/// Fits what is shipped for models without outcomes: `FitPriors DATA OUT.tsv` says how well it does on sources left out, and
/// writes it.
@main enum FitPriors {
    static func main() throws {
        guard CommandLine.arguments.count == 3 else {
            print("usage: FitPriors DATA OUT.tsv")
            exit(2)
        }
        let outcomes = try PublicOutcomes(folder: CommandLine.arguments[1])
        print(DemandReport(outcomes).lines.joined(separator: "\n"))
        print(AbilityReport(outcomes).lines.joined(separator: "\n"))
        let demand = DemandFit(outcomes.prompts)
        let abilities = try AbilityFit(outcomes.cells(outcomes.prompts))
        let price = PriceFit(abilities.abilities, prices: outcomes.prices)
        let text = PriorTable(demand: demand, abilities: abilities, price: price).text
        try text.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
    }
}
