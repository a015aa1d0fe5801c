import Dialogue
import Features
import Glibc
import Prediction
import Testing

@Suite struct SuccessPriorsTests {
    @Test(
        arguments: [
            ("claude-3-5-sonnet-20241022", "claude-3-5-sonnet"),
            ("anthropic/claude-3.5-sonnet@latest", "claude-3-5-sonnet"),
            ("meta-llama_Meta-Llama-3-8B-Instruct", "llama-3-8b"), ("Meta-Llama-3_1-70B-Instruct", "llama-3-1-70b"),
            ("llama3.1:70b", "llama-3-1-70b"), ("gpt-4o-mini-2024-07-18-FC", "gpt-4o-mini"),
            ("gpt-4-0613", "gpt-4"), ("chatgpt-4o-latest-24-09-07", "chatgpt-4o"),
            ("gemini-1.5-flash-002", "gemini-1-5-flash"),
            ("mistralai/Mixtral-8x7B-Instruct-v0.1", "mixtral-8x7b"), ("o1-preview", "o1"), ("", ""),
        ])
    func `a family is a name without provider, date and manner`(_ name: String, _ family: String) {
        #expect(ModelFamily(name).text == family)
    }

    private static let priors = SuccessPriors(
        tsv: """
            # made by hand
            demand\t0.2\t0.4\t5\t1
            price\t0.5\t0.25
            grade\t1\t0.4
            family\tgemma-2-9b\t800\t0.3\tcode=0.1 maths=-0.2
            """)

    @Test func `a model is known by its family, else by its grade, else by its price`() throws {
        let priors = try #require(Self.priors)
        let known = priors.prior(of: "google/gemma-2-9b-it", taskClass: .maths, grade: 5, price: 9)
        #expect(known.basis == .outcomes(800) && abs(known.logOdds - 0.1) < 1e-12)
        #expect(priors.prior(of: "x", taskClass: .code, grade: 3, price: 9).basis == .grade(3))
        #expect(abs(priors.prior(of: "x", taskClass: .code, grade: 3).logOdds - 1.8) < 1e-12)
        let prices = [0.01, 0.05, 1, 30, 1000].map { priors.prior(of: "x", taskClass: .code, price: $0).logOdds }
        #expect(prices[0] == prices[1] && prices[1] < prices[2] && prices[2] < prices[3] && prices[3] == prices[4])
        #expect(priors.prior(of: "x", taskClass: .code) == SuccessPrior(logOdds: 0, basis: .nothing))
    }

    @Test(
        arguments: [
            "demand\t1\t1\t1", "price\t1", "family\tx\t1\t0.5", "family\tx\t1\t0.5\tcod=1", "family\tx\tmany\t0.5\t",
        ])
    func `a table with a broken line is none`(_ line: String) {
        let whole = "demand\t1\t1\t1\t1\nprice\t1\t1\ngrade\t1\t1\n"
        #expect(SuccessPriors(tsv: whole) != nil)
        #expect(SuccessPriors(tsv: whole + line) == nil)
    }

    @Test func `the shipped table puts well-known families in order`() {
        let odds = ["llama-2-7b", "gpt-3.5-turbo", "gpt-4o-mini", "gpt-4o", "o1"].map {
            SuccessPriors.shipped.prior(of: $0, taskClass: .unknown).logOdds
        }
        #expect(odds == odds.sorted())
    }

    private static func toll(
        _ signals: [SurfaceSignal: Float], of taskClass: TaskClass = .factual
    ) throws -> Double {
        var prompt = observations(1)[0].prompt
        prompt.taskClass = taskClass
        prompt.surface = SurfaceSignal.allCases.map { signals[$0] ?? 0 }
        return try #require(priors).toll(PromptDemand(prompt))
    }

    @Test func `longer questions and more numbers ask for more`() throws {
        let short = try Self.toll([.logCharacters: 4])
        #expect(try Self.toll([.logCharacters: 6]) > short)
        #expect(try Self.toll([.logCharacters: 4, .logNumbers: 2]) > short)
    }

    @Test func `numbers count for nothing where a tool or a program takes them`() throws {
        #expect(
            try Self.toll([.logCharacters: 4, .logNumbers: 3], of: .code)
                == (try Self.toll([.logCharacters: 4], of: .code)))
        #expect(
            try Self.toll([.logToolBytes: 6, .logNumbers: 3]) == (try Self.toll([.logToolBytes: 6]))
        )
    }

    @Test func `options make a question no longer, and worked examples make it easier`() throws {
        let choice = { (characters: Double, options: Float, share: Float) in
            try Self.toll([
                .logCharacters: Float(log1p(characters)), .options: log1p(options), .optionLength: log1p(Float(30)),
                .lastParagraphShare: share,
            ])
        }
        #expect(abs(try choice(220, 4, 1) - (try choice(340, 8, 1))) < 0.01)
        #expect(try choice(1200, 16, 0.2) < (try choice(220, 4, 1)))
    }
}
