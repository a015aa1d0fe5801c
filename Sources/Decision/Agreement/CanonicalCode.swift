internal import Checks

/// One way of writing a program: without comments, examples of its use and layout, its own names in order of appearance.
enum CanonicalCode {
    /// The canonical form of the code in a text: of the first fenced block, or of all of it where it begins like code; nil without.
    static func bytes(of text: [UInt8]) -> [UInt8]? {
        guard let code = fenced(text) ?? bare(text) else { return nil }
        var names: [[UInt8]: Int] = [:]
        var out: [UInt8] = []
        var place = code.startIndex
        while place < code.endIndex {
            let byte = code[place]
            if byte == UInt8(ascii: "#")
                || byte == UInt8(ascii: "/") && code.dropFirst(place + 1 - code.startIndex).first == byte
            {
                while place < code.endIndex, code[place] != 10 { place += 1 }
            } else if byte.isLetter || byte == UInt8(ascii: "_") {
                let start = place
                while place < code.endIndex, code[place].isWordByte || code[place] == UInt8(ascii: "_") { place += 1 }
                out += name(
                    Array(code[start..<place]), isMember: start > code.startIndex && code[start - 1] == 46, &names)
                out.append(32)
            } else {
                if !byte.isSpace { out.append(byte) }
                place += 1
            }
        }
        return out.isEmpty ? nil : out
    }

    private static func name(_ word: [UInt8], isMember: Bool, _ names: inout [[UInt8]: Int]) -> [UInt8] {
        guard !isMember, !kept.contains(word) else { return word }
        let number = names[word] ?? names.count
        names[word] = number
        return Array("n\(number)".utf8)
    }

    private static let kept = Set(
        ("and as assert async await break case catch class const continue def del do elif else except false final finally "
            + "fn for from func function if import in interface is lambda let match new nil none not null or pass private public "
            + "raise return self static struct switch this throw true try type var void while with yield True False None "
            + "abs all any bool dict enumerate filter float int len list map max min print range reversed round set sorted str "
            + "sum tuple zip select where order by group having join on insert update delete")
            .split(separator: " ").map { Array($0.utf8) })

    private static func fenced(_ text: [UInt8]) -> ArraySlice<UInt8>? {
        let fence = Array("```".utf8)
        guard let start = place(of: fence, in: text, from: 0),
            let line = text[start...].firstIndex(of: 10)
        else { return nil }
        return text[line..<(place(of: fence, in: text, from: line) ?? text.endIndex)].trimmed
    }

    private static func bare(_ text: [UInt8]) -> ArraySlice<UInt8>? {
        let start = text[...].trimmed
        let openings = [
            "def ", "import ", "from ", "class ", "func ", "function ", "fn ", "const ", "SELECT ", "select ",
        ]
        return openings.contains { start.starts(with: $0.utf8) } ? start : nil
    }

    private static func place(of mark: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard text.count >= start + mark.count else { return nil }
        return (start...(text.count - mark.count)).first { text[$0..<($0 + mark.count)].elementsEqual(mark) }
    }
}
