internal import Assets
package import Dialogue
internal import Glibc

/// What is to be expected of a model of which one has no outcomes.
package struct SuccessPrior: Hashable, Sendable {
    /// How many outcomes of one's own it is worth.
    package static let worth = 20.0

    /// The log-odds of success at a prompt of usual demand.
    package var logOdds: Double
    package var basis: Basis

    package init(logOdds: Double, basis: Basis) {
        self.logOdds = logOdds
        self.basis = basis
    }

    /// What a prior follows from.
    package enum Basis: Hashable, Sendable {
        /// Public outcomes of the model's family: how many.
        case outcomes(Int)
        case grade(Int)
        case price
        case nothing

        /// Half a sentence for people.
        package var words: String {
            switch self {
            case .outcomes(let count): "by \(count) public outcomes of its family"
            case .grade(let grade): "by its grade \(grade)"
            case .price: "by its price alone"
            case .nothing: "as any model"
            }
        }
    }
}

/// What public outcomes tell of models and of prompts: a table of model families by task class, how success grows with price
/// for all others, and how it falls with what a prompt demands.
///
/// Made by `Tools/FitPriors`. All of it is on one scale, the log-odds of success at a prompt of usual demand in the mean of
/// the sources.
package struct SuccessPriors: Sendable {
    private let families: [String: Family]
    /// Log-odds for a unit of length and of numbers, then what is usual of each.
    private let demand: (length: Double, number: Double, usualLength: Double, usualNumbers: Double)
    /// Log-odds at a dollar for a million tokens and for each e-fold.
    private let price: (base: Double, step: Double)
    /// Log-odds of grade 1 and for each grade more.
    private let grade: (base: Double, step: Double)

    /// The table that comes with the program.
    package static let shipped: SuccessPriors = {
        let text = Asset.priors.withSpan { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
        guard let priors = SuccessPriors(tsv: text) else { preconditionFailure("the linked table of priors is broken") }
        return priors
    }()

    /// Reads the text of `priors.tsv`; nil if a line is wrong or missing.
    package init?(tsv: String) {
        var families: [String: Family] = [:]
        var lines: [String: [Double]] = [:]
        for line in tsv.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            if fields[0] == "family" {
                guard fields.count == 5, let family = Family(fields[2...]) else { return nil }
                families[String(fields[1])] = family
            } else {
                lines[String(fields[0])] = fields.dropFirst().compactMap { Double($0) }
            }
        }
        guard let demand = lines["demand"], let price = lines["price"], let grade = lines["grade"], demand.count == 4,
            price.count == 2, grade.count == 2
        else { return nil }
        self.families = families
        self.demand = (demand[0], demand[1], demand[2], demand[3])
        self.price = (price[0], price[1])
        self.grade = (grade[0], grade[1])
    }

    /// What is to be expected of a model: by its family, else by its grade, else by its price in dollars for a million tokens,
    /// three of them input for each of output.
    package func prior(
        of name: String, taskClass: TaskClass, grade: Int? = nil, price: Double? = nil
    ) -> SuccessPrior {
        if let family = families[ModelFamily(name).text] {
            return SuccessPrior(
                logOdds: family.ability + (family.byClass[taskClass] ?? 0), basis: .outcomes(family.outcomes))
        }
        if let grade {
            return SuccessPrior(logOdds: self.grade.base + self.grade.step * Double(grade - 1), basis: .grade(grade))
        }
        if let price, price > 0 {
            // Prices beyond those that were seen tell nothing more.
            let held = min(max(price, 0.05), 30)
            return SuccessPrior(logOdds: self.price.base + self.price.step * log(held), basis: .price)
        }
        return SuccessPrior(logOdds: 0, basis: .nothing)
    }

    /// By how much a prompt's demand lowers the log-odds of success of any model, compared with a usual prompt.
    package func toll(_ prompt: PromptDemand) -> Double {
        demand.length * (prompt.questionLength - demand.usualLength)
            + demand.number * (prompt.numbers - demand.usualNumbers)
    }

    /// What public outcomes tell of one family.
    private struct Family {
        let outcomes: Int
        let ability: Double
        let byClass: [TaskClass: Double]

        /// Reads outcomes, log-odds, and differences as `code=0.1 maths=-0.2`.
        init?(_ fields: ArraySlice<Substring>) {
            let fields = Array(fields)
            guard let outcomes = Int(fields[0]), let ability = Double(fields[1]) else { return nil }
            var byClass: [TaskClass: Double] = [:]
            for entry in fields[2].split(separator: " ") {
                let parts = entry.split(separator: "=")
                guard parts.count == 2, let taskClass = TaskClass(rawValue: String(parts[0])),
                    let difference = Double(parts[1])
                else { return nil }
                byClass[taskClass] = difference
            }
            self.outcomes = outcomes
            self.ability = ability
            self.byClass = byClass
        }
    }
}

extension SuccessPrior {
    /// The probability of success, where the log-odds are to be lowered by `toll`.
    package func probability(toll: Double) -> Double { 1 / (1 + exp(toll - logOdds)) }
}
