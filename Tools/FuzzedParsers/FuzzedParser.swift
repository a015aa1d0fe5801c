import CodeParsing

/// Something that reads bytes of strangers.
package struct FuzzedParser {
    package let name: String
    /// Reads any bytes to their end; a crash is a finding.
    package let read: ([UInt8]) -> Void

    /// To fuzz another, add it to one of the lists.
    nonisolated(unsafe) package static let all = wire + answers + files + grammars

    private static var grammars: [FuzzedParser] {
        CodeLanguage.allCases.map { language in
            FuzzedParser(name: "code-\(language)") { bytes in
                guard let tree = try? SyntaxTree.parse(bytes[...], as: language, within: .seconds(10)) else { return }
                for node in tree.nodes {
                    precondition(node.range.upperBound <= bytes.count && node.after <= tree.nodes.count)
                }
            }
        }
    }

    /// The pieces that a text arrives in: their lengths are told by its first byte.
    static func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        let length = Int(bytes.first ?? 0) + 1
        return stride(from: 1, to: max(1, bytes.count), by: length).map {
            Array(bytes[$0..<min($0 + length, bytes.count)])
        }
    }

    /// Two texts from one: what stands before the first zero byte, and after it; both are the whole where there is none.
    static func halves(_ bytes: [UInt8]) -> (first: [UInt8], second: [UInt8]) {
        guard let zero = bytes.firstIndex(of: 0) else { return (bytes, bytes) }
        return (Array(bytes[..<zero]), Array(bytes[(zero + 1)...]))
    }
}
