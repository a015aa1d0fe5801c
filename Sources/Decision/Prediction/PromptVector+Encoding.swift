internal import Dialogue
internal import Embedding
internal import Features

/// The stored form of a prompt's features.
///
/// A version byte; the task class; how many surface signals there are and each as bfloat16; the embedding as one float32
/// scale and an int8 for each dimension. Little-endian.
extension PromptVector {
    private static let version: UInt8 = 1

    /// Some 350 bytes.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 7 + surface.count * 2 + embedding.count) { bytes in
            bytes.append(Self.version)
            bytes.append(UInt8(taskClass.place))
            bytes.append(UInt8(surface.count))
            for value in surface {
                let kept = value.brain16
                bytes.append(UInt8(truncatingIfNeeded: kept))
                bytes.append(UInt8(truncatingIfNeeded: kept >> 8))
            }
            bytes.append(stepsOf: embedding)
        }
        return bytes
    }

    /// Reads ``encoded``; nil if the bytes are of another form.
    package init?(encoded bytes: [UInt8]) {
        guard bytes.count > 3, bytes[0] == Self.version, Int(bytes[1]) < TaskClass.allCases.count else { return nil }
        let surfaceCount = Int(bytes[2])
        let scaleStart = 3 + 2 * surfaceCount
        guard surfaceCount == SurfaceSignal.allCases.count, bytes.count == scaleStart + 4 + Self.embeddingCount else {
            return nil
        }
        let surface = (0..<surfaceCount).map { place in
            Float(brain16: UInt16(bytes[3 + 2 * place]) | UInt16(bytes[4 + 2 * place]) << 8)
        }
        let scale = Float(
            bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[scaleStart + $1]) << UInt32(8 * $1) })
        guard surface.allSatisfy(\.isFinite), scale.isFinite else { return nil }
        self.init(
            taskClass: TaskClass.allCases[Int(bytes[1])], surface: surface,
            embedding: bytes[(scaleStart + 4)...].map { Float(Int8(bitPattern: $0)) * scale })
    }

    /// The embedding of ``encoded`` in steps of its scale, one signed byte for each dimension; empty if the bytes are of another
    /// form.
    static func steps(ofEncoded bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.count > embeddingCount ? bytes.suffix(embeddingCount) : []
    }

    private static let embeddingCount = 256
}
