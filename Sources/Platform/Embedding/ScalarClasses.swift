import Assets

/// What BERT's uncased normaliser and pre-tokeniser do to each Unicode scalar, as a two-stage table.
struct ScalarClasses: Sendable {
    /// What becomes of one scalar.
    enum Class {
        case kept, dropped, space, punctuation, ideograph, hangul
        /// Replaced by the text at this index.
        case replaced(Int)
    }

    /// A scalar's replacement: lower case, accents stripped.
    struct Replacement: Sendable {
        var isolated: Bool
        var bytes: [UInt8]
    }

    private let blockOfPage: [UInt16]
    private let blocks: [UInt16]
    let replacements: [Replacement]

    /// Reads `wordpiece-normalisation.bin`: a count and (first, last, class) of ranges, a count and (scalar, isolated, length,
    /// bytes) of replacements; integers are little-endian, 32 bits but for the one-byte flag and length.
    init(table: RawSpan) {
        var pages = [UInt16](repeating: 0, count: 0x1100)
        var blocks = [UInt16](repeating: 0, count: 256)
        var uniform: [UInt16: UInt16] = [:]
        func set(_ scalar: Int, _ value: UInt16) {
            let page = scalar >> 8
            if pages[page] == 0 {
                pages[page] = UInt16(blocks.count >> 8)
                blocks += repeatElement(0, count: 256)
            }
            blocks[Int(pages[page]) << 8 | scalar & 255] = value
        }
        var offset = 4
        for _ in 0..<table.word(0) {
            var scalar = table.word(offset)
            let last = table.word(offset + 4)
            let value = UInt16(table.word(offset + 8))
            offset += 12
            while scalar <= last {
                guard scalar & 255 == 0, scalar + 255 <= last, pages[scalar >> 8] == 0 else {
                    set(scalar, value)
                    scalar += 1
                    continue
                }
                let block = uniform[value] ?? UInt16(blocks.count >> 8)
                if uniform.updateValue(block, forKey: value) == nil { blocks += repeatElement(value, count: 256) }
                pages[scalar >> 8] = block
                scalar += 256
            }
        }
        var replacements: [Replacement] = []
        let count = table.word(offset)
        offset += 4
        for _ in 0..<count {
            let length = Int(table.byte(offset + 5))
            let bytes = (0..<length).map { table.byte(offset + 6 + $0) }
            set(table.word(offset), 16 + UInt16(replacements.count))
            replacements.append(Replacement(isolated: table.byte(offset + 4) != 0, bytes: bytes))
            offset += 6 + length
        }
        (blockOfPage, self.blocks, self.replacements) = (pages, blocks, replacements)
    }

    subscript(_ scalar: UInt32) -> Class {
        switch blocks[Int(blockOfPage[Int(scalar >> 8)]) << 8 | Int(scalar & 255)] {
        case 0: .kept
        case 1: .dropped
        case 2: .space
        case 3: .punctuation
        case 4: .ideograph
        case 5: .hangul
        case let index: .replaced(Int(index) - 16)
        }
    }

    /// The same for ASCII: 0 dropped, 1 space, 2 punctuation, else the lower-case letter or digit.
    static let ascii: [UInt8] = (0..<128).map { byte in
        switch UInt8(byte) {
        case 9, 10, 13, 32: 1
        case 0..<32, 127: 0
        case 65...90: UInt8(byte) + 32
        case 33...47, 58...64, 91...96, 123...126: 2
        default: UInt8(byte)
        }
    }
}
