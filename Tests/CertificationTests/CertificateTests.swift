import Certification
import JSON
import Testing

@Suite struct CertificateTests {
    private static let certificate = Certificate(
        date: "2026-11-24", bound: 0.02, confidence: 0.95, pairs: 2500, harms: 80, gains: 70, undecided: 0, loss: 0.004,
        saving: 0.57,
        policy: Certificate.Policy(
            models: [
                Certificate.Model(name: "small", baseCost: 0.0001, costPerToken: 1.5e-7),
                Certificate.Model(name: "large", baseCost: 0.01, costPerToken: 3e-6),
            ], baseline: "large", value: 0.0123),
        predictor: "ab12")

    @Test func `what was written is read again`() throws {
        let document = try JSONParser().parse(Self.certificate.file)
        #expect(Certificate(document.root) == Self.certificate)
    }

    @Test func `one about a cascade says so, and is refused where one model is asked`() throws {
        var certificate = Self.certificate
        certificate.policy.mostAnswers = 3
        let document = try JSONParser().parse(certificate.file)
        #expect(document.root["version"]?.int == 3)
        #expect(Certificate(document.root) == certificate)
        func mismatch(_ most: Int) -> String? {
            certificate.mismatch(
                predictor: "ab12", models: ["small", "large"], baseline: "large", loss: 0.02, mostAnswers: most)
        }
        #expect(mismatch(3) == nil)
        #expect(mismatch(1) == "the certificate is about asking at most 3 models of a prompt")
    }

    @Test(arguments: [
        "{}", #"{"version": 1, "bound": 0.02}"#,
        #"{"version": 2, "date": "x", "bound": 0.02, "confidence": 0.95, "pairs": 1, "harms": 0, "gains": 0}"#,
    ])
    func `what is no certificate is not read`(text: String) throws {
        let document = try JSONParser().parse(Array(text.utf8))
        #expect(Certificate(document.root) == nil)
    }

    @Test(
        arguments: [
            ("ab12", ["small", "large"], "large", 0.02, nil), ("ab12", ["small", "large"], "large", 0.05, nil),
            ("cd34", ["small", "large"], "large", 0.02, "the certificate is about another predictor"),
            ("ab12", ["small", "large", "other"], "large", 0.02, "the certificate is about other models"),
            ("ab12", ["small", "large"], "small", 0.02, "the certificate compares with large"),
            ("ab12", ["small", "large"], "large", 0.01, "the certificate allows a greater loss"),
        ] as [(String, Set<String>, String, Double, String?)])
    func `it holds for what it was made of and nothing else`(
        _ predictor: String, _ models: Set<String>, _ baseline: String, _ loss: Double, _ mismatch: String?
    ) {
        #expect(
            Self.certificate.mismatch(predictor: predictor, models: models, baseline: baseline, loss: loss) == mismatch)
    }

    @Test func `a model costs a base and so much for each token`() {
        #expect(Self.certificate.policy.models[0].cost(inputTokens: 1000) == 0.0001 + 1.5e-7 * 1000)
    }
}
