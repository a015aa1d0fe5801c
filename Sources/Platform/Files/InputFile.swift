internal import Glibc

/// A file that is read at positions of the caller's choice.
package struct InputFile: ~Copyable {
    package let path: String
    private let descriptor: Int32

    /// Opens a file for reading.
    ///
    /// - Throws: if there is none, or it may not be read.
    package init(_ path: String) throws(SystemError) {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .last("open", path) }
        self.path = path
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    /// How many bytes the file holds now.
    package func size() throws(SystemError) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last("examine", path) }
        return Int(status.st_size)
    }

    /// Up to `count` bytes from `offset` on; fewer only at the end of the file.
    package func read(_ count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = unsafe pread(
                    descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = .last("read", path) }
                guard got > 0 else { return }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
