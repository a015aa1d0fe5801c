/// What a model is called whoever serves it and whenever: its name without provider, date and manner of asking.
package struct ModelFamily: Hashable, Sendable {
    package let text: String

    /// `anthropic/claude-3.5-sonnet-20241022` and `claude-3-5-sonnet@latest` are both `claude-3-5-sonnet`.
    package init(_ name: String) {
        var parts = Self.bare(name.lowercased()).split { "-_.: ".contains($0) }.flatMap(Self.split)
        Self.removeDates(&parts)
        text = parts.filter { !Self.manners.contains($0) }.joined(separator: "-")
    }

    /// Without what stands before the last slash, after an @, and before an underscore that ends a maker's name.
    private static func bare(_ name: String) -> Substring {
        var bare = name[...]
        if let slash = bare.lastIndex(of: "/") { bare = bare[bare.index(after: slash)...] }
        if let at = bare.firstIndex(of: "@") { bare = bare[..<at] }
        if let mark = bare.firstIndex(of: "_"), !bare[..<mark].contains(where: \.isNumber) {
            bare = bare[bare.index(after: mark)...]
        }
        // A minor version below 1 says how a model was tuned, not which one it is.
        if let minor = bare.firstRange(of: "-v0.") {
            bare = bare[..<minor.lowerBound]
        }
        return bare
    }

    /// `llama3` is `llama-3`; a size like `8x7b` or a name like `o1` stays whole.
    private static func split(_ part: Substring) -> [Substring] {
        guard let digit = part.firstIndex(where: \.isNumber), part[..<digit].count >= 3 else { return [part] }
        return [part[..<digit], part[digit...]]
    }

    /// Removes 20240307, 0613, 002, 2024-07-18 and 24-07-18.
    private static func removeDates(_ parts: inout [Substring]) {
        var kept: [Substring] = []
        var index = 0
        while index < parts.count {
            let isNumber = { (part: Substring) in part.allSatisfy(\.isNumber) }
            let pair =
                index + 2 < parts.count && parts[(index + 1)...(index + 2)].allSatisfy { $0.count == 2 && isNumber($0) }
            let part = parts[index]
            if isNumber(part), part.count >= 4 || part.hasPrefix("00") {
                index += pair && part.hasPrefix("20") ? 3 : 1
            } else if isNumber(part), part.count == 2, pair {
                index += 3
            } else {
                kept.append(part)
                index += 1
            }
        }
        parts = kept
    }

    private static let manners: Set<Substring> = [
        "instruct", "inst", "chat", "it", "hf", "fp8", "fc", "any", "auto", "preview", "exp", "latest", "meta", "open",
        "anthropic", "mistralai", "us", "eu",
    ]
}
