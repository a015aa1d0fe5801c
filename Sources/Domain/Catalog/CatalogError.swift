/// Why a catalog cannot be read.
package struct CatalogError: Error, Equatable, CustomStringConvertible {
    /// Which of the two texts.
    package let source: Source
    /// The line, from 1.
    package let line: Int
    /// What is wrong and what is wanted.
    package let reason: String

    /// The text at fault.
    package enum Source: String, Sendable {
        case catalog
        case grades
    }

    package var description: String { "\(source.rawValue).tsv, line \(line): \(reason)" }
}
