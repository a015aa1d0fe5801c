internal import CLinux
internal import Glibc

/// Files that are read and replaced as a whole.
package enum WholeFile {
    /// All bytes of a file.
    package static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let file = try InputFile(path)
        return try file.read(try file.size(), at: 0)
    }

    /// Replaces a file so that readers, and a crash, find the old bytes or the new ones, never a part.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
        let draft = "\(path).\(getpid()).new"
        unsafe unlink(draft)
        let file = try AppendFile(creating: draft)
        do {
            try file.append(bytes.span, at: 0)
            try file.truncate(to: bytes.count)
            try file.sync()
        } catch {
            unsafe unlink(draft)
            throw error
        }
        guard unsafe rename(draft, path) == 0 else {
            let code = errno
            unsafe unlink(draft)
            throw SystemError("rename", path: path, code: code)
        }
    }
}
