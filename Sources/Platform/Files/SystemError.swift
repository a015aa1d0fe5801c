internal import Glibc

/// A system call that failed: what was tried on which path, and the kernel's reason.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    /// What was tried, such as `open`.
    package let operation: String
    package let path: String
    /// The value of `errno`.
    package let code: Int32

    package init(_ operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    package var description: String {
        "cannot \(operation) \(path): \(unsafe String(cString: strerror(code)))"
    }

    static func last(_ operation: String, _ path: String) -> SystemError {
        SystemError(operation, path: path, code: errno)
    }
}

extension SystemError {
    /// Whether the path does not exist.
    package var isMissing: Bool { code == ENOENT }
}
