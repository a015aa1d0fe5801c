internal import Dialogue
internal import Digests
internal import QueryTypes
internal import Statistics

/// Why a predictor's file is refused.
package enum PredictorFileError: Error, Equatable, CustomStringConvertible {
    case notAPredictor
    case otherVersion(UInt32)
    case damaged
    /// It was learned from other signals of prompts or answers than this program reads off them.
    case otherSignals

    package var description: String {
        switch self {
        case .notAPredictor: "is not a predictor: make one with farthing train"
        case .otherVersion(let version):
            "has version \(version), this program reads \(PredictorFile.version): train again"
        case .damaged: "is damaged or incomplete: copy it again or train again"
        case .otherSignals: "was learned from other signals than this program reads: train again"
        }
    }
}

/// The stored form of a ``SuccessPredictor``.
///
/// Little-endian: `FPRD`, the version, then tables and weights, each list after its length; at the end the CRC-32C of all before.
/// What was learned of asking several models, and of answers, stands before the checksum, each with a length of 0 where there is
/// none.
package enum PredictorFile {
    static let version: UInt32 = 5
    private static let magic = Array("FPRD".utf8)

    /// What a file holds.
    package struct Contents: Sendable {
        package var predictor: SuccessPredictor
        /// The stored form of what was learned of asking several models; nil if nothing was.
        package var cascade: [UInt8]?
        /// The stored form of what was learned of answers; nil if nothing was.
        package var answers: [UInt8]?
    }

    /// Tables and weights as a file: what tells it from other files before them, and their checksum after them.
    package static func sealed(_ content: [UInt8]) -> [UInt8] {
        var out = BinaryWriter()
        out.bytes = magic
        out.write(version)
        out.bytes += content
        out.write(CRC32C.checksum(of: out.bytes.span))
        return out.bytes
    }

    /// `cascade` and `answers` are the stored forms of what was learned of asking several models, and of answers, if anything was.
    package static func encode(
        _ predictor: SuccessPredictor, cascade: [UInt8]? = nil, answers: [UInt8]? = nil
    ) -> [UInt8] {
        var out = BinaryWriter()
        let space = predictor.space
        out.write(UInt32(space.surfaceCount))
        out.write(space.standardisation.means)
        out.write(space.standardisation.scales)
        out.write(UInt32(space.types.centres.count))
        for (number, centre) in zip(space.types.numbers, space.types.centres) {
            out.write(UInt32(clamping: number))
            out.write(centre)
        }
        out.write(UInt32(predictor.models.count))
        for model in predictor.models { out.write(model) }
        out.write(UInt32(predictor.gains.count))
        for gain in predictor.gains { out.write(gain) }
        out.write(UInt32(predictor.glimpses.count))
        for (name, tally) in predictor.glimpses.sorted(by: { $0.key < $1.key }) {
            out.write(name)
            out.write([tally])
        }
        for part in [cascade, answers] {
            out.write(UInt32(part?.count ?? 0))
            out.bytes += part ?? []
        }
        return sealed(out.bytes)
    }

    /// - Throws: why the bytes are not a predictor of this version.
    package static func decode(_ bytes: [UInt8]) throws(PredictorFileError) -> SuccessPredictor {
        try contents(of: bytes).predictor
    }

    /// The predictor with what came with it.
    ///
    /// - Throws: why the bytes are not a predictor of this version.
    package static func contents(of bytes: [UInt8]) throws(PredictorFileError) -> Contents {
        guard bytes.count >= 12, bytes.starts(with: magic) else { throw .notAPredictor }
        var reader = BinaryReader(bytes[4...].dropLast(4))
        let found = try reader.integer()
        guard found == version else { throw .otherVersion(found) }
        var trailer = BinaryReader(bytes.suffix(4))
        guard try trailer.integer() == CRC32C.checksum(of: bytes.span.extracting(droppingLast: 4)) else {
            throw .damaged
        }
        let surfaceCount = Int(try reader.integer())
        let standardisation = Standardisation(means: try reader.floats(), scales: try reader.floats())
        let width = standardisation.means.count
        var centres: [[Float]] = []
        var numbers: [Int] = []
        for _ in 0..<(try reader.integer()) {
            numbers.append(Int(try reader.integer()))
            centres.append(try reader.floats())
        }
        let space = PromptSpace(
            standardisation: standardisation, types: QueryTypeCentres(centres: centres, numbers: numbers),
            surfaceCount: surfaceCount)
        var models: [ModelPredictor] = []
        for _ in 0..<(try reader.integer()) { models.append(try reader.model()) }
        var gains: [GainPredictor] = []
        for _ in 0..<(try reader.integer()) {
            gains.append(try reader.gain())
        }
        var glimpses: [String: SuccessTable.Tally] = [:]
        for _ in 0..<(try reader.integer()) { glimpses[try reader.text()] = try reader.tallies().first }
        let cascade = Array(try reader.take(Int(try reader.integer())))
        let answers = Array(try reader.take(Int(try reader.integer())))
        guard reader.bytes.isEmpty, standardisation.scales.count == width, surfaceCount <= width,
            centres.allSatisfy({ $0.count == width }), models.allSatisfy({ $0.fits(space) }),
            gains.allSatisfy({ $0.fits(space) })
        else { throw .damaged }
        var predictor = SuccessPredictor(models: models, gains: gains, space: space)
        predictor.glimpses = glimpses
        return Contents(
            predictor: predictor, cascade: cascade.isEmpty ? nil : cascade, answers: answers.isEmpty ? nil : answers)
    }
}
