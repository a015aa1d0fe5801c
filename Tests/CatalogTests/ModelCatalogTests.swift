import Assets
import Catalog
import Dialogue
import Testing

struct ModelCatalogTests {
    static let tsv = """
        # head
        a/one\ta\t5500\t600\t\t\t\t\t1000\t100\ttvjsr
        big\tb\t1000\t2000\t100\t\t\t\t\t\t\t200000\t3000\t4000\t300
        dear\tb\t\t\t\t\t\t\t\t\ttAD
        """

    @Test func `reads prices, limits and capabilities`() throws {
        let catalog = try ModelCatalog.parse(tsv: Self.tsv, grades: "a\ta/one\t3\n")
        let model = try #require(catalog["a/one"])
        #expect(model.name == ModelName("one"))
        #expect(model.prices == ModelPrices(input: Picodollars(5500), output: Picodollars(600)))
        #expect(model.contextTokens == 1000)
        #expect(model.maxOutputTokens == 100)
        #expect(model.capabilities == [.tools, .vision, .json, .jsonSchema, .reasoning, .audio, .documents])
        #expect(model.grade == 3)
        #expect(catalog["b/big"]?.name == ModelName("big"))
        #expect(catalog["dear"]?.prices == nil)
        #expect(catalog["dear"]?.capabilities == .tools)
        #expect(catalog["a/big"] == nil)
        #expect(catalog["big "] == nil)
        #expect(catalog.count == 3)
    }

    @Test func `long inputs cost what the second tier says`() throws {
        let prices = try #require(try ModelCatalog.parse(tsv: Self.tsv, grades: "")["big"]?.prices)
        #expect(prices.cost(of: TokenUsage(input: 200_000, output: 1000)) == Nanodollars(202_000))
        #expect(prices.cost(of: TokenUsage(input: 1, cacheRead: 200_000, output: 1000)) == Nanodollars(64_003))
    }

    @Test(arguments: [
        ("x\tp\t1.5\t2", "", "catalog.tsv, line 1: column 3 should be a whole number, found '1.5'"),
        ("x\tp\t1\t2\t\t\t\t\t\t\tq", "", "catalog.tsv, line 1: unknown capability 'q', expected letters of 'tvjsrAD'"),
        (
            "y\tp\nx\tp", "",
            "catalog.tsv, line 2: 'x' should stand before the line above: sort by name as bytes, each once"
        ),
        ("x\tp", "# c\np\tx\t6", "grades.tsv, line 2: expected provider, name, grade 1 to 5"),
        ("x\tp", "p\tz\t1", "grades.tsv, line 1: p has no model 'z' in the catalog"),
        ("x\tp", "p\tx\t1\np\tx\t2", "grades.tsv, line 2: 'x' is graded twice"),
    ])
    func `a wrong line is named`(tsv: String, grades: String, message: String) {
        let error = #expect(throws: CatalogError.self) { try ModelCatalog.parse(tsv: tsv, grades: grades) }
        #expect(error?.description == message)
    }

    @Test func `the shipped catalog knows today's models and dated names`() throws {
        let model = try #require(ModelCatalog.shipped["gpt-4o-mini-2024-07-18"])
        #expect(model.provider == ProviderName("openai"))
        #expect(model.prices?.input == Picodollars(150_000))
        #expect(model.prices?.cacheRead == Picodollars(75_000))
        #expect(ModelCatalog.shipped["openai/gpt-4o-mini"]?.grade == 1)
        #expect(ModelCatalog.shipped.count > 3000)
    }

    @Test(arguments: [
        ("gemini/gemini-2.5-pro", "gemini", "gemini-2.5-pro"),
        ("groq/openai/gpt-oss-120b", "groq", "openai/gpt-oss-120b"),
        ("openai/gpt-4o", "openai", "gpt-4o"), ("gpt-4o", "openai", "gpt-4o"),
        ("together_ai/Qwen/Qwen3.5-9B", "together_ai", "Qwen/Qwen3.5-9B"),
    ])
    func `a model has the name that its provider knows it by`(asked: String, provider: String, name: String) throws {
        let model = try #require(ModelCatalog.shipped[asked])
        #expect(model.provider == ProviderName(provider) && model.name == ModelName(name))
    }

    @Test func `every line of the shipped catalog and its grades can be read`() throws {
        let catalog = try ModelCatalog.parse(tsv: text(.catalog), grades: text(.grades))
        #expect(catalog.count == ModelCatalog.shipped.count)
    }

    private func text(_ asset: Asset) -> String {
        asset.withSpan { span in String(decoding: span.indices.map { span[$0] }, as: UTF8.self) }
    }

    @Test(arguments: ["openai", "anthropic", "mistral", "gemini", "deepseek", "groq", "xai", "together_ai"])
    func `curated models have prices above zero and come best first`(provider: String) {
        let models = ModelCatalog.shipped.graded(for: ProviderName(provider))
        #expect((1...8).contains(models.count))
        #expect(models.allSatisfy { ($0.prices?.input ?? .zero) > .zero && ($0.prices?.output ?? .zero) > .zero })
        #expect(models.compactMap(\.grade) == models.compactMap(\.grade).sorted(by: >))
    }

    @Test func `a provider nobody curated has no candidates`() {
        #expect(ModelCatalog.shipped.graded(for: ProviderName("nobody")).isEmpty)
    }
}

struct ModelPricesTests {
    @Test(arguments: [
        (5500, 1, 6), (5500, 2, 11), (5500, 3, 17), (499, 1, 0), (500, 1, 1), (1, 1499, 1), (1, 1500, 2),
        (150_000_000, 1_000_000_000, 150_000_000_000_000), (0, 1_000_000, 0),
    ])
    func `a sum is rounded half-up once`(price: Int64, tokens: Int, nanodollars: Int64) {
        let prices = ModelPrices(input: Picodollars(price), output: .zero)
        #expect(prices.cost(of: TokenUsage(input: tokens)) == Nanodollars(nanodollars))
    }

    @Test func `each class of tokens has its price and is rounded only in the sum`() {
        let prices = ModelPrices(
            input: Picodollars(100), output: Picodollars(200), cacheRead: Picodollars(10),
            cacheWrite: Picodollars(125), cacheWriteLong: Picodollars(200), reasoning: Picodollars(300))
        let usage = TokenUsage(input: 1, cacheRead: 2, cacheWrite: 3, cacheWriteLong: 4, output: 5, reasoning: 2)
        // 100 + 20 + 375 + 800 + 600 + 600 = 2495 picodollars
        #expect(prices.cost(of: usage) == Nanodollars(2))
    }

    @Test func `a sum beyond 64 bits is the largest amount, not a crash`() {
        let prices = ModelPrices(input: Picodollars(Int64.max), output: .zero)
        #expect(prices.cost(of: TokenUsage(input: 1000)) > Nanodollars(9_000_000_000_000_000))
    }
}
