internal import Arguments
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
        let learned: LearnedContents
        do throws(PredictorFileError) {
            learned = try LearnedContents(file: file)
        } catch {
            throw .configuration(["predictor: \(predictor) \(error)"])
        }
        return Knowledge(
            predictor: learned.predictor, file: file, certificate: try readCertificate(), cascade: learned.cascade,
            answers: learned.answers)
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
