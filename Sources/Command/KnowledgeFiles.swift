internal import Arguments
internal import Cascade
internal import Certification
internal import Configuration
internal import Files
internal import Gateway
internal import JSON
internal import Prediction

extension GatewayConfiguration {
    /// What the files say that `predictor` and `certificate` name; nil where no predictor is named.
    func knowledge() throws(CommandFailure) -> Knowledge? {
        guard let predictor else { return nil }
        let file = try Self.read(predictor, of: "predictor")
        let learned: SuccessPredictor
        let cascade: TrainedCascade?
        do throws(PredictorFileError) {
            let read = try PredictorFile.decodeWithCascade(file)
            learned = read.predictor
            cascade = if let bytes = read.cascade { try TrainedCascade(encoded: bytes) } else { nil }
        } catch {
            throw .configuration(["predictor: \(predictor) \(error)"])
        }
        return Knowledge(predictor: learned, file: file, certificate: try readCertificate(), cascade: cascade)
    }

    private func readCertificate() throws(CommandFailure) -> Certificate? {
        guard let certificate else { return nil }
        let bytes = try Self.read(certificate, of: "certificate")
        guard let document = try? JSONParser().parse(bytes), let read = Certificate(document.root) else {
            throw .configuration([
                "certificate: \(certificate) is no certificate of this version: make one with farthing certify --out"
            ])
        }
        return read
    }

    private static func read(_ path: String, of setting: String) throws(CommandFailure) -> [UInt8] {
        do throws(SystemError) {
            return try WholeFile.read(path)
        } catch {
            throw .configuration(["\(setting): \(error)"])
        }
    }
}
