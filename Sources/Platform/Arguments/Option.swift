/// One option of a command, as it is declared: its spelling, what it takes, and what help says of it.
package struct Option: Hashable, Sendable {
    /// What follows an option's name.
    package enum Arity: Hashable, Sendable {
        /// Nothing: it is there or not.
        case flag
        /// One value, of which the last one given counts.
        case value(placeholder: String)
        /// Any number of values, up to the next option; the option may be repeated.
        case values(placeholder: String)
    }

    /// The name without its dashes.
    package let name: String
    package let arity: Arity
    package let help: String
    /// The environment variable that speaks where the option was not given.
    package let environment: String?
    /// The values that shells offer.
    package let choices: [String]

    /// Declares an option that is there or not.
    package static func flag(_ name: String, _ help: String) -> Option {
        Option(name: name, arity: .flag, help: help, environment: nil, choices: [])
    }

    /// Declares an option with one value; the placeholder `FILE` or `DIR` makes shells offer files or folders.
    package static func value(
        _ name: String, _ placeholder: String, _ help: String, environment: String? = nil, choices: [String] = []
    ) -> Option {
        Option(
            name: name, arity: .value(placeholder: placeholder), help: help, environment: environment, choices: choices)
    }

    /// Declares an option with one value or more.
    package static func values(_ name: String, _ placeholder: String, _ help: String) -> Option {
        Option(name: name, arity: .values(placeholder: placeholder), help: help, environment: nil, choices: [])
    }

    /// How it is written in help: `--config FILE`.
    package var spelling: String {
        switch arity {
        case .flag: "--\(name)"
        case .value(let placeholder): "--\(name) \(placeholder)"
        case .values(let placeholder): "--\(name) \(placeholder)..."
        }
    }
}

/// What a command takes beside its options.
package struct Operand: Hashable, Sendable {
    package let placeholder: String
    package let help: String
    /// How many of them there may be.
    package let count: ClosedRange<Int>
    /// The words that shells offer.
    package let choices: [String]

    package init(
        _ placeholder: String, _ help: String, count: ClosedRange<Int> = 1...1, choices: [String] = []
    ) {
        self.placeholder = placeholder
        self.help = help
        self.count = count
        self.choices = choices
    }

    /// How it is written in help: `PROMPT`, `[PROMPT]` or `[FILE...]`.
    package var spelling: String {
        let word = count.upperBound > 1 ? "\(placeholder)..." : placeholder
        return count.lowerBound == 0 ? "[\(word)]" : word
    }
}
