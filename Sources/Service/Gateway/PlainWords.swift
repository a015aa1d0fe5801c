/// A text's words, scalar by scalar: letters and digits in lower case, words parted by one space, and signs that tell numbers apart.
///
/// Lazy, since two different texts differ early.
package struct PlainWords: Sequence, IteratorProtocol {
    private let scalars: String.UnicodeScalarView
    private var place: String.UnicodeScalarView.Index
    /// Whether a word has begun, and whether what came since is none.
    private var hasBegun = false
    private var isBetween = false
    /// What is left of a letter whose lower case is several.
    private var rest: [Unicode.Scalar] = []

    /// The words of a text.
    package init(of text: String) {
        scalars = text.unicodeScalars
        place = scalars.startIndex
    }

    package mutating func next() -> Unicode.Scalar? {
        if !rest.isEmpty { return rest.removeFirst() }
        while place < scalars.endIndex {
            let (scalar, after) = (scalars[place], scalars.index(after: place))
            // A full stop belongs to a number only inside of it.
            let isWord =
                Self.isOfWord(scalar) && (scalar != "." || after < scalars.endIndex && Self.isOfWord(scalars[after]))
            if isWord, isBetween, hasBegun {
                isBetween = false
                return " "
            }
            place = after
            isBetween = !isWord
            guard isWord else { continue }
            hasBegun = true
            return lowercased(scalar)
        }
        return nil
    }

    private mutating func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            return "A"..."Z" ~= scalar ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
        }
        rest = Array(scalar.properties.lowercaseMapping.unicodeScalars)
        return rest.removeFirst()
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "+", ".", "%", "$": true
            default: false
            }
        }
        let properties = scalar.properties
        return scalar == "€" || scalar == "£" || properties.isAlphabetic || properties.numericType != nil
            || properties.generalCategory == .nonspacingMark
    }
}
