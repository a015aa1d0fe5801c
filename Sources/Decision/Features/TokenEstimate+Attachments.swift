extension TokenEstimate {
    /// What a part that only one wire format knows is made of.
    enum Attachment {
        case sound, pages

        /// What so many bytes of base64 cost, roughly: nobody has looked into the file.
        ///
        /// Sound at ten tokens a second (OpenAI) and 8 kB a second. Pages of 75 kB at 1,500 tokens (Anthropic, "PDF support"),
        /// twenty at most: an estimate shall not keep a prompt from a model that takes the file.
        fileprivate func tokens(_ base64: Int) -> Int {
            switch self {
            case .sound: max(1, base64 / 1000)
            case .pages: 1500 * min(20, max(1, base64 / 100_000))
            }
        }
    }

    /// A run of base64 is longer than any word.
    private static let shortestFile = 512

    /// Adds such a part: what in it is text as text, and files by their length.
    mutating func add(_ part: Span<UInt8>, of attachment: Attachment) {
        let isLetter = Self.isBase64
        var text = 0
        var index = 0
        while index < part.count {
            let start = index
            while index < part.count, isLetter[Int(part[index])] { index += 1 }
            if index - start >= Self.shortestFile {
                add(part.extracting(text..<start))
                add(tokens: attachment.tokens(index - start))
                text = index
            }
            index += 1
        }
        add(part.extracting(text..<part.count))
    }

    /// The letters of base64, in its form for addresses as well, and the backslash of escaped line breaks in it.
    private static let isBase64: [Bool] = (0..<256).map { byte in
        switch UInt8(byte) {
        case 65...90, 97...122, 48...57: true
        default: "+/=-_\\".utf8.contains(UInt8(byte))
        }
    }
}
