internal import CLinux
internal import Glibc

/// A new file that grows by whole records; closed with its last reference.
package final class AppendFile: Sendable {
    package let path: String
    private let descriptor: Int32
    private let reserve: Int

    /// Creates the file, and takes `reserve` bytes of the disk for it where the file system can.
    ///
    /// - Throws: if it exists already, cannot be created, or the disk, the quota or the file size limit has no room
    ///   for the reserve.
    package init(creating path: String, reserve: Int = 0) throws(SystemError) {
        let opened = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw .last("create", path) }
        self.path = path
        self.reserve = reserve
        descriptor = opened
        var code = reserve > 0 ? probe() : 0
        if code == 0 { code = allocate() }
        if code == ENOSPC || code == EDQUOT || code == EFBIG {
            _ = unsafe unlink(path)
            throw SystemError("reserve space for", path: path, code: code)
        }
    }

    /// Opens what is there, such as a device, without a reserve.
    ///
    /// - Throws: if it cannot be opened for writing.
    package init(opening path: String) throws(SystemError) {
        let opened = unsafe open(path, O_WRONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .last("open", path) }
        self.path = path
        reserve = 0
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    /// Writes all of `bytes` at `length`, the end of the file as the caller knows it, with one system call.
    ///
    /// What a failing call wrote in part is cut off again; should even that fail, the next append at the same length
    /// overwrites it.
    /// - Throws: if not every byte was taken; the file then ends at `length`.
    package func append(_ bytes: Span<UInt8>, at length: Int) throws(SystemError) {
        var written: Int
        repeat {
            written = unsafe bytes.withUnsafeBufferPointer {
                unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(length))
            }
        } while written < 0 && errno == EINTR
        guard written != bytes.count else { return }
        let failure = SystemError("write to", path: path, code: written < 0 ? errno : ENOSPC)
        if written > 0 {
            _ = ftruncate(descriptor, off_t(length))
            _ = allocate()
        }
        throw failure
    }

    /// Ends the file at `length` bytes and gives the rest of the reserve back.
    package func truncate(to length: Int) throws(SystemError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw .last("truncate", path) }
    }

    /// Returns when what was written before survives a loss of power.
    package func sync() throws(SystemError) {
        guard fdatasync(descriptor) == 0 else { throw .last("sync", path) }
    }

    /// Writes a byte and takes it back: where there are no reservations, and of a file size limit, a write tells first.
    private func probe() -> Int32 {
        let written = unsafe pwrite(descriptor, [UInt8(ascii: "\n")], 1, 0)
        guard written == 1 else { return written < 0 ? errno : ENOSPC }
        return ftruncate(descriptor, 0) == 0 ? 0 : errno
    }

    /// The blocks beyond the end of the file stay reserved until it is truncated (fallocate(2)); file systems without
    /// reservations are used without.
    private func allocate() -> Int32 {
        reserve > 0 ? clinux_reserve(descriptor, Int64(reserve)) : 0
    }
}
