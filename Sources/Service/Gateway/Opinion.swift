internal import Agreement
internal import Checks
internal import Routing

/// An answer that came in, as far as what is done next depends on it.
struct Opinion {
    let draft: Draft
    /// What checks found in it; nil for the beginning of one.
    let findings: Findings?
    /// What it says, whatever its wording; nil where nobody compares it.
    let canonical: CanonicalAnswer?
}
