import Embedding

/// Counts runs of bytes of a kind, given the bits of a text's blocks one after the other.
struct RunCounts {
    /// Runs of letters.
    private(set) var words = 0
    /// Letters that have six or more before them in their run.
    private(set) var lettersPastSix = 0
    /// Digits that have 0, 3, 6, … before them in their run.
    private(set) var threesOfDigits = 0
    private(set) var marks = 0
    private(set) var runsOfMarks = 0
    /// Runs of blanks with a line end among them.
    private(set) var breaks = 0

    // Of the block before: its bits, letters that have one and three before them, the digits that were counted, and whether it
    // ends in a run of blanks that was.
    private var before = ByteBits()
    private var pairs: UInt64 = 0
    private var fours: UInt64 = 0
    private var threes: UInt64 = 0
    private var isBroken = false

    mutating func add(_ bits: ByteBits) {
        words += Self.starts(bits.letters, before.letters).nonzeroBitCount
        marks += bits.marks.nonzeroBitCount
        runsOfMarks += Self.starts(bits.marks, before.marks).nonzeroBitCount
        // Two pairs make four in a row, and fours three apart seven.
        let pairs = bits.letters & Self.moved(bits.letters, by: 1, before.letters)
        let fours = pairs & Self.moved(pairs, by: 2, self.pairs)
        lettersPastSix += (fours & Self.moved(fours, by: 3, self.fours)).nonzeroBitCount
        (self.pairs, self.fours) = (pairs, fours)
        // Most blocks have no digits.
        if bits.digits != 0 { addDigits(bits) } else { threes = 0 }
        addBreaks(bits)
        before = bits
    }

    private mutating func addDigits(_ bits: ByteBits) {
        var followsThree = bits.digits
        for distance in 1...3 { followsThree &= Self.moved(bits.digits, by: UInt64(distance), before.digits) }
        var new = Self.starts(bits.digits, before.digits) | followsThree & Self.moved(0, by: 3, threes)
        threes = 0
        while new != 0 {
            threes |= new
            new = new << 3 & followsThree
        }
        threesOfDigits += threes.nonzeroBitCount
    }

    private mutating func addBreaks(_ bits: ByteBits) {
        let others = ~bits.blanks
        var ends = bits.lineEnds
        if isBroken { ends &= ~0 << UInt64(others.trailingZeroBitCount) }
        isBroken = isBroken && others == 0
        while ends != 0 {
            breaks += 1
            let next = others & ~0 << UInt64(ends.trailingZeroBitCount)
            if next == 0 { isBroken = true }
            ends &= ~0 << UInt64(next.trailingZeroBitCount)
        }
    }

    /// Each bit that has none before it.
    private static func starts(_ bits: UInt64, _ before: UInt64) -> UInt64 { bits & ~moved(bits, by: 1, before) }

    /// Bits a few places, at most 63, further on; those of the block before come in.
    private static func moved(_ bits: UInt64, by places: UInt64, _ before: UInt64) -> UInt64 {
        bits &<< places | before &>> (64 &- places)
    }
}
