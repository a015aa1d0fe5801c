internal import CZlib
internal import Glibc

/// Why a file could not be read.
package enum LineReaderError: Error, Equatable, CustomStringConvertible {
    case cannotOpen(path: String)
    case isFolder(path: String)
    /// The compressed data is broken or cut off.
    case corrupt(path: String)

    package var description: String {
        switch self {
        case .cannotOpen(let path): "cannot open \(path): check that the file exists and may be read"
        case .isFolder(let path): "\(path) is a folder: name a file"
        case .corrupt(let path): "\(path) is damaged or incomplete: fetch it again"
        }
    }
}

/// Reads a text file line by line, decompressing it if it is gzipped (zlib's `gzread` tells by the first bytes).
@safe
package struct LineReader: ~Copyable {
    private let path: String
    private let file: gzFile
    private var buffer: [UInt8]
    private var at = 0
    private var filled = 0

    /// Opens the file at `path`.
    ///
    /// - Throws: ``LineReaderError/cannotOpen(path:)``.
    package init(path: String) throws(LineReaderError) {
        guard let file = unsafe gzopen(path, "rb") else { throw .cannotOpen(path: path) }
        self.path = path
        unsafe self.file = file
        buffer = [UInt8](repeating: 0, count: 1 << 16)
    }

    deinit {
        unsafe gzclose(file)
    }

    /// The next line without its line feed; nil at the end.
    ///
    /// - Throws: ``LineReaderError/corrupt(path:)`` or ``LineReaderError/isFolder(path:)``.
    package mutating func next() throws(LineReaderError) -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if at == filled {
                try fill()
                if filled == 0 { return line.isEmpty ? nil : line }
            }
            let chunk = buffer[at..<filled]
            if let end = chunk.firstIndex(of: UInt8(ascii: "\n")) {
                line.append(contentsOf: chunk[..<end])
                at = end + 1
                return line
            }
            line.append(contentsOf: chunk)
            at = filled
        }
    }

    private mutating func fill() throws(LineReaderError) {
        let count = unsafe buffer.withUnsafeMutableBufferPointer { space in
            unsafe gzread(file, space.baseAddress, UInt32(space.count))
        }
        guard count >= 0 else { throw errno == EISDIR ? .isFolder(path: path) : .corrupt(path: path) }
        var code: Int32 = 0
        if count == 0, unsafe gzerror(file, &code) != nil, code == Z_BUF_ERROR { throw .corrupt(path: path) }
        at = 0
        filled = Int(count)
    }
}
