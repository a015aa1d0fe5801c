internal import Glibc

/// An exclusive claim on a file, held until the last reference goes or the process ends, however it ends (flock(2)).
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Claims the file and writes this process's id into it; nil if another holds it.
    ///
    /// - Throws: if the file cannot be created or written.
    package init?(_ path: String) throws(SystemError) {
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw .last("open", path) }
        descriptor = opened
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK { return nil }
            throw .last("lock", path)
        }
        let text = Array("\(getpid())\n".utf8)
        _ = ftruncate(opened, 0)
        guard unsafe pwrite(opened, text, text.count, 0) == text.count else { throw .last("write to", path) }
    }

    deinit {
        close(descriptor)
    }

    /// The process id that the holder of the file wrote into it, if it can be read.
    package static func holder(of path: String) -> Int? {
        guard let file = try? InputFile(path), let bytes = try? file.read(32, at: 0) else { return nil }
        return Int(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
