import Dialogue
import Gateway
import Ledger
import Testing

@Suite struct ShadowSamplingTests {
    private static let route = RouteName("auto"), other = RouteName("other")
    private static let budget = Nanodollars(100)
    private static let day: Int64 = 86_400_000_000

    @Test func `what is set aside counts until it is settled`() {
        let shadows = ShadowSampling()
        #expect(shadows.reserve(Nanodollars(60), of: Self.budget, for: Self.route, at: 0))
        #expect(!shadows.reserve(Nanodollars(60), of: Self.budget, for: Self.route, at: 0))
        #expect(shadows.reserve(Nanodollars(60), of: Self.budget, for: Self.other, at: 0))
        shadows.settle(Nanodollars(60), paid: Nanodollars(40), for: Self.route)
        #expect(shadows.reserve(Nanodollars(60), of: Self.budget, for: Self.route, at: 0))
        #expect(!shadows.reserve(Nanodollars(1), of: Self.budget, for: Self.route, at: Self.day - 1))
    }

    @Test func `a new day has a new budget`() {
        let shadows = ShadowSampling()
        #expect(shadows.reserve(Self.budget, of: Self.budget, for: Self.route, at: 0))
        #expect(!shadows.reserve(Nanodollars(1), of: Self.budget, for: Self.route, at: Self.day - 1))
        #expect(shadows.reserve(Self.budget, of: Self.budget, for: Self.route, at: Self.day))
    }

    @Test func `without a budget nothing is too dear`() {
        let shadows = ShadowSampling()
        #expect(shadows.reserve(Nanodollars(.max / 2), of: nil, for: Self.route, at: 0))
        #expect(shadows.reserve(Nanodollars(.max / 2), of: nil, for: Self.route, at: 0))
    }

    @Test func `what was paid before a restart counts`() {
        let shadows = ShadowSampling()
        let paid = SpendRow(name: "auto", cost: Nanodollars(500), shadowCost: Nanodollars(70))
        shadows.resume([paid], at: 5 * Self.day + 17)
        #expect(!shadows.reserve(Nanodollars(31), of: Self.budget, for: Self.route, at: 5 * Self.day + 18))
        #expect(shadows.reserve(Nanodollars(30), of: Self.budget, for: Self.route, at: 5 * Self.day + 18))
    }

    @Test func `once it is closed nothing begins`() async {
        let shadows = ShadowSampling()
        await shadows.close()
        #expect(!shadows.reserve(Nanodollars(1), of: nil, for: Self.route, at: 0))
    }
}
