internal import Glibc

/// The environment variables the process was started with.
package enum ProcessEnvironment {
    /// A copy of all variables; call it before other threads start, for the C library does not lock them.
    package static func copy() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            unsafe entry += 1
        }
        return variables
    }
}
