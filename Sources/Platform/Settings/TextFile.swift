internal import Glibc

/// Small files that are read whole.
package enum TextFile {
    /// Why a file could not be read.
    package enum Failure: Error, Hashable, Sendable {
        case missing
        /// The system's own words.
        case unreadable(String)
        case tooLong
    }

    /// Reads a file of at most `limit` bytes.
    ///
    /// - Throws: why it could not be read.
    package static func read(_ path: String, limit: Int = 1 << 20) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw .missing }
            throw .unreadable(unsafe String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw .unreadable(unsafe String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += block[..<count]
            guard bytes.count <= limit else { throw .tooLong }
        }
    }
}
