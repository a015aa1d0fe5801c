package import Checks
internal import Prediction

/// The stored form of an answer's sketch.
///
/// A version byte; the bounds as 65,535ths; the fit as 32,767ths; whether there is a point, and its eight bytes; how many
/// signals there are, and for each the code of its name and its bfloat16; the direction, one byte for each dimension. Little-endian.
extension AnswerSketch {
    private static let version: UInt8 = 1
    private static let head = 17
    /// The most bytes that a sketch may have: of every signal there is, and more.
    static let mostBytes = head + 4 * 255 + AnswerDirection.width

    /// Some 350 bytes, 660 at most.
    package var encoded: [UInt8] {
        var bytes = [Self.version]
        bytes.append(word: UInt16((bounds.lowerBound * 65_535).rounded()))
        bytes.append(word: UInt16((bounds.upperBound * 65_535).rounded()))
        bytes.append(word: UInt16(bitPattern: Int16((fit * 32_767).rounded())))
        bytes.append(point == nil ? 0 : 1)
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: (point ?? 0) >> shift))
        }
        let known = Signal.allCases.filter { signals[$0] != 0 }
        bytes.append(UInt8(known.count))
        for signal in known {
            bytes.append(word: signal.code)
            bytes.append(word: Float(signals[signal]).brain16)
        }
        return bytes + direction.steps.map { UInt8(bitPattern: $0) }
    }

    /// Reads ``encoded`` without signals that this release does not know; nil if the bytes are of another form.
    package init?(encoded bytes: [UInt8]) {
        guard bytes.count > Self.head, bytes[0] == Self.version, bytes[7] < 2 else { return nil }
        let count = Int(bytes[Self.head - 1])
        let start = Self.head + 4 * count
        guard bytes.count == start + AnswerDirection.width else { return nil }
        func word(_ place: Int) -> UInt16 { UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8 }
        let (least, most) = (Double(word(1)) / 65_535, Double(word(3)) / 65_535)
        guard least <= most else { return nil }
        var signals = SignalVector()
        for place in stride(from: Self.head, to: start, by: 4) {
            let value = Float(brain16: word(place + 2))
            guard value.isFinite else { return nil }
            if let signal = Signal.coded[word(place)] { signals[signal] = Double(value) }
        }
        let point = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[8 + $1]) << UInt64(8 * $1) }
        self.init(
            signals: signals, bounds: least...most,
            direction: AnswerDirection(steps: bytes[start...].map { Int8(bitPattern: $0) }),
            fit: Float(Int16(bitPattern: word(5))) / 32_767, point: bytes[7] == 1 ? point : nil)
    }
}

extension Signal {
    /// A number made of the signal's name, so that what was kept is understood when others have come or gone.
    package var code: UInt16 { Self.codes[rawValue] }

    // FNV-1a (Fowler, Noll and Vo), folded to sixteen bits.
    private static let codes = allCases.map { signal in
        let hash = "\(signal)".utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return UInt16(truncatingIfNeeded: hash ^ hash >> 16)
    }

    fileprivate static let coded = allCases.reduce(into: [:]) { $0[$1.code] = $1 }
}

extension SignalVector {
    /// The signals as exactly as they are kept.
    var kept: SignalVector {
        var kept = SignalVector()
        for signal in Signal.allCases where self[signal] != 0 {
            kept[signal] = Double(Float(brain16: Float(self[signal]).brain16))
        }
        return kept
    }
}

extension [UInt8] {
    fileprivate mutating func append(word: UInt16) {
        append(UInt8(truncatingIfNeeded: word))
        append(UInt8(truncatingIfNeeded: word >> 8))
    }
}
