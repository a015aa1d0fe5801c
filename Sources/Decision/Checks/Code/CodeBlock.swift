/// A stretch of an answer that is code.
struct CodeBlock: Equatable {
    /// The first word behind the fence, in lower case; empty without one.
    let tag: String
    /// The code, without the indentation that all its lines have.
    let text: [UInt8]
    /// Its place in the answer's text, fences left out.
    let range: Range<Int>
    /// Whether it stands in a fence, and so where it ends is sure.
    let isFenced: Bool
}

extension CodeBlock {
    /// The most blocks of an answer that are looked at.
    static let most = 16

    /// Whether a text may hold code: a quick look that is seldom wrong to say so, and never wrong to deny it.
    static func mayStand(in text: [UInt8], _ marks: ByteSet) -> Bool {
        marks.holdsAny(of: fences) || BareCode.begins(text.prefix(200))
    }

    private static let fences = ByteSet(of: "`~".utf8)

    /// The fenced blocks of a text in order; without any, what stands bare.
    static func all(in text: [UInt8]) -> [CodeBlock] {
        let fenced = fenced(in: text)
        return fenced.isEmpty ? BareCode.block(in: text).map { [$0] } ?? [] : fenced
    }

    init(tag: String, lines: some Sequence<Range<Int>>, in text: [UInt8], isFenced: Bool) {
        let lines = Array(lines)
        let indentation =
            lines.filter { !text[$0][...].trimmed.isEmpty }
            .map { text[$0].prefix { $0 == 32 || $0 == 9 }.count }.min() ?? 0
        var code: [UInt8] = []
        for line in lines {
            code += text[line].dropFirst(indentation)
            while code.last == UInt8(ascii: "\r") { code.removeLast() }
            code.append(10)
        }
        self.init(
            tag: tag, text: code, range: (lines.first?.lowerBound ?? 0)..<(lines.last?.upperBound ?? 0),
            isFenced: isFenced)
    }

    private static func fenced(in text: [UInt8]) -> [CodeBlock] {
        var found: [CodeBlock] = []
        var open: (fence: Fence, lines: [Range<Int>])?
        for line in lines(of: text) {
            let fence = Fence(text[line])
            if let block = open {
                guard let fence, fence.closes(block.fence) else {
                    open?.lines.append(line)
                    continue
                }
                found.append(CodeBlock(tag: block.fence.tag, lines: block.lines, in: text, isFenced: true))
                open = nil
                if found.count == most { return found }
            } else if let fence {
                open = (fence, [])
            }
        }
        if let open { found.append(CodeBlock(tag: open.fence.tag, lines: open.lines, in: text, isFenced: true)) }
        return found.filter { !$0.text[...].trimmed.isEmpty }
    }

    /// Where the lines of a text are, without their ends.
    static func lines(of text: [UInt8]) -> some Sequence<Range<Int>> {
        sequence(state: 0) { start in
            guard start < text.count else { return nil }
            let end = text[start...].firstIndex(of: 10) ?? text.count
            defer { start = end + 1 }
            return start..<end
        }
    }
}

/// A line that opens or closes a block, as CommonMark has it, but however far it is indented: lists are deep.
private struct Fence {
    let mark: UInt8
    let length: Int
    let tag: String
    let isBare: Bool

    init?(_ line: ArraySlice<UInt8>) {
        let text = line.trimmed
        guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let info = text.drop { $0 == mark }
        length = text.count - info.count
        guard length >= 3, !info.contains(UInt8(ascii: "`")) else { return nil }
        self.mark = mark
        isBare = info.isEmpty
        let word = info.trimmed.prefix { !$0.isSpace && $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: ",") }
        tag = String(decoding: word.prefix(24).map(\.lowercased), as: UTF8.self)
    }

    func closes(_ opening: Fence) -> Bool { isBare && mark == opening.mark && length >= opening.length }
}
