import Gateway
import Testing

struct RetentionTests {
    private static let day: Int64 = 86_400_000_000
    private static let now = day * 1000 + 12345

    @Test(arguments: [
        (days: 10, oldest: now, limit: 990), (days: 1, oldest: now, limit: 999), (days: 400, oldest: now, limit: 600),
        (days: 10, oldest: day * 995, limit: 990), (days: 10, oldest: day * 990 + 7, limit: 989),
        (days: 10, oldest: day * 900, limit: 899),
    ])
    func `goes by whole days, and leaves what the journal may tell again`(
        _ row: (days: Int, oldest: Int64, limit: Int64)
    ) {
        let limit = Retention.limit(keeping: row.days, now: Self.now, oldestSegment: row.oldest)
        #expect(limit == row.limit * Self.day)
    }

    @Test func `without a journal what began yesterday stays`() {
        #expect(Retention.limit(keeping: 1, now: Self.now, oldestSegment: nil) == 999 * Self.day)
    }
}
