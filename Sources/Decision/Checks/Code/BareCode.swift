/// Code that stands in no fence: an answer that begins with it, up to the first line that can only be prose.
enum BareCode {
    /// Whether a text begins as code does, white space aside.
    static func begins(_ text: ArraySlice<UInt8>) -> Bool {
        let rest = text.drop { $0.isSpace }
        guard rest.prefix(1).contains(where: firsts.contains) else { return false }
        let start = Array(rest.prefix(16))
        return beginnings.contains { start.starts(with: $0) }
    }

    static func block(in text: [UInt8]) -> CodeBlock? {
        guard begins(text.prefix(200)) else { return nil }
        let lines = CodeBlock.lines(of: text).prefix { !isProse(text[$0]) }
        return CodeBlock(tag: "", lines: lines, in: text, isFenced: false)
    }

    private static let beginnings = [
        "def ", "import ", "from ", "class ", "async def ", "function ", "const ", "package ", "public class ",
        "#include", "#!/", "func ", "fn ", "<?php", "SELECT ", "CREATE TABLE", "INSERT INTO ", "WITH ",
    ].map { Array($0.utf8) }
    private static let firsts = ByteSet(of: beginnings.map { $0[0] })

    /// Whether a line begins at the margin with a capital and has five words without a mark of code among them.
    private static func isProse(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first, (65...90).contains(first) else { return false }
        let words = line.split(separator: 32)
        let marks = "=(){}[];_*<>".utf8
        return words.count >= 5 && words.prefix(5).allSatisfy { !$0.contains(where: marks.contains) }
            && words.prefix(5).contains { $0.count > 1 && $0.dropFirst().allSatisfy { (97...122).contains($0) } }
    }
}
