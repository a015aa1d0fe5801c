/// Text without white space, quotes and backslashes, to be compared whatever the quoting.
enum Squeezed {
    static func text(_ text: ArraySlice<UInt8>) -> [UInt8] {
        text.filter { !$0.isSpace && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
    }

    /// Where one text occurs in another, at most 20 places, in linear time (Knuth, Morris and Pratt 1977).
    static func places(of wanted: [UInt8], in text: [UInt8]) -> [Int] {
        guard !wanted.isEmpty, wanted.count <= text.count else { return [] }
        var borders = [Int](repeating: 0, count: wanted.count)
        var length = 0
        for place in wanted.indices.dropFirst() {
            while length > 0, wanted[place] != wanted[length] { length = borders[length - 1] }
            if wanted[place] == wanted[length] { length += 1 }
            borders[place] = length
        }
        var found: [Int] = []
        var matched = 0
        for (place, byte) in text.enumerated() {
            while matched > 0, byte != wanted[matched] { matched = borders[matched - 1] }
            if byte == wanted[matched] { matched += 1 }
            if matched == wanted.count {
                found.append(place + 1 - matched)
                if found.count == 20 { return found }
                matched = borders[matched - 1]
            }
        }
        return found
    }
}
