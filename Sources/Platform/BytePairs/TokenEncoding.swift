/// Which byte-pair encoding counts a model's tokens.
package enum TokenEncoding: Hashable, Sendable {
    case cl100k
    case o200k

    /// The encoding of a model by its name, as tiktoken maps it; a leading `provider/` or `ft:` is looked through.
    ///
    /// Models of other makers have tokenizers of their own: for them o200k gives an estimate.
    package static func forModel(_ name: String) -> TokenEncoding {
        var base = name.split(separator: "/").last ?? ""
        if base.hasPrefix("ft:") { base = base.dropFirst(3) }
        if ["gpt-4o", "gpt-4.1", "gpt-4.5"].contains(where: base.hasPrefix) { return .o200k }
        let older = ["gpt-4-", "gpt-3.5", "gpt-35", "text-embedding-", "davinci-002", "babbage-002"]
        return base == "gpt-4" || older.contains(where: base.hasPrefix) ? .cl100k : .o200k
    }

    /// The encoding itself, loaded on first use.
    package var encoding: BytePairEncoding {
        switch self {
        case .cl100k: .cl100k
        case .o200k: .o200k
        }
    }
}
