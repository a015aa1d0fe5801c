import Dialogue
import Ledger
import Testing

struct SpendReportTests {
    private let report = SpendReport(
        by: .route,
        rows: [
            SpendRow(
                name: "auto", exchanges: 2, attempts: 3, inputTokens: 10, outputTokens: 20,
                cost: Nanodollars(1_234_567),
                baselineCost: Nanodollars(4_000_000), comparedCost: Nanodollars(1_234_567)),
            SpendRow(
                name: "", exchanges: 1, attempts: 1, inputTokens: 1, outputTokens: 2,
                cost: Nanodollars(250_000_000_000),
                estimatedCost: Nanodollars(7)),
        ],
        total: SpendRow(
            name: "", exchanges: 3, attempts: 4, inputTokens: 11, outputTokens: 22, cost: Nanodollars(250_001_234_567),
            estimatedCost: Nanodollars(7), baselineCost: Nanodollars(4_000_000), comparedCost: Nanodollars(1_234_567)))

    @Test func `the table is aligned, marks estimates and puts the dearest first`() {
        let lines = report.table().split(separator: "\n").map(String.init)
        #expect(
            lines[0] == "route   exchanges  calls  tokens in  tokens out      spend   share    baseline      saving")
        #expect(
            lines[1] == "(none)          1      1          1           2   ~$250.00  100.0%           -           -")
        #expect(
            lines[2]
                == "auto            2      3         10          20  $0.001235    0.0%  ~$0.004000  ~$0.002765  69.1%")
        #expect(
            lines[3]
                == "total           3      4         11          22   ~$250.00  100.0%  ~$0.004000  ~$0.002765  69.1%")
    }

    @Test func `JSON and CSV are exact to the nanodollar`() {
        #expect(report.json().contains(#""name":"auto","exchanges":2,"calls":3,"input_tokens":10,"output_tokens":20,"#))
        #expect(report.json().contains(#""spend":"0.001234567","estimated_spend":"0.000000000""#))
        let lines = report.csv().split(separator: "\r\n").map(String.init)
        #expect(lines[2] == "auto,2,3,10,20,0.001234567,0.000000000,0.001234567,0.004000000,0.002765433,0.000000000")
    }

    @Test(arguments: [("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"), ("plain", "plain")])
    func `CSV quotes names that need it`(name: String, field: String) {
        let row = SpendRow(name: name)
        let text = SpendReport(by: .key, rows: [row], total: row).csv()
        #expect(text.split(separator: "\r\n")[1].hasPrefix("\(field),0,"))
    }

    @Test(arguments: [
        ("1970-01-01", Int64(0)), ("2000-02-29", 951_782_400_000_000), ("1969-12-31", -86_400_000_000),
        ("2026-11-23", 1_795_392_000_000_000),
    ])
    func `days and moments convert both ways`(text: String, start: Int64) throws {
        let day = try #require(CalendarDay(text))
        #expect(day.start == start)
        #expect(CalendarDay(microseconds: start + 86_399_999_999).description == text)
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "yesterday", "2026-00-10", ""])
    func `what is no date is refused`(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test func `adding checks for overflow`() {
        var row = SpendRow(name: "", cost: Nanodollars(.max))
        #expect(throws: LedgerError.overflow) { try row.add(SpendRow(name: "", cost: Nanodollars(1))) }
    }
}
