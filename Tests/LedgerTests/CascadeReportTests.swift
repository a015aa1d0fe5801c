import Dialogue
import Ledger
import Testing

struct CascadeReportTests {
    private let report: CascadeReport

    init() throws {
        var sums = CascadeSums()
        let drafts = AnswerStandingTests.escalation
        try sums.add(drafts(.different, false), delivered: 1, evidence: DeliveryEvidence(feedback: 1))
        try sums.add(drafts(.same, false), delivered: 1)
        try sums.add(drafts(.different, false), delivered: 1, evidence: DeliveryEvidence(review: 0))
        try sums.add(drafts(.unclear, false), delivered: 1)
        try sums.add([drafts(nil, true)[0]], delivered: 0, evidence: DeliveryEvidence(comparison: .harm))
        report = CascadeReport(sums)
    }

    @Test func `the text says what was caught, what was needless, and of how much nobody knows`() {
        #expect(
            report.text() == """
                answered           5 exchanges
                escalated          4 (80.0%), 0 of them delivered the first answer all the same
                errors caught      1 (25.0% of them): the first answer was wrong, the delivered one right
                false escalations  1 (25.0% of them): the first answer would have done
                not mended         1 (25.0% of them): the delivered answer was wrong too
                not known          1 (25.0% of them)
                let through        1 wrong answers, as far as is known
                judged             3 delivered answers: 1 by reviewers, 1 by comparisons, 1 by callers
                spend              $0.000000
                of it on drafts    $0.000000 (8.9%)

                model  answers  delivered  errors caught  false escalations  mended  wrong      spend     drafts
                tiny         5          1              1                  1       0      1  $0.000000  $0.000000
                large        4          4              0                  0       1      1  $0.000000  $0.000000

                check        against  not delivered  wrong  right  not known
                maths.steps        5              4      2      1          2

                """)
    }

    @Test func `JSON and CSV say the same, to the nanodollar`() {
        let json = report.json()
        #expect(json.hasPrefix(#"{"exchanges":5,"removed":0,"escalated":4,"in_vain":0,"errors_caught":1,"#))
        #expect(
            json.contains(#""spend":"0.000000045","draft_spend":"0.000000004","models":[{"model":"tiny","answers":5,"#))
        #expect(json.contains(#""against_wrong":2,"against_right":1,"against_not_known":2}"#))
        let lines = report.csv().split(separator: "\r\n")
        #expect(lines[0] == "of,name,figure,value")
        for line in ["total,,not_known,1", "model,tiny,errors_caught,1", "check,maths.steps,against_wrong,2"] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }
}
