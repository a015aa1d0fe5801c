package import Files

/// Why the journal cannot be opened, written or read; never with the text of a record.
package enum JournalError: Error, Hashable, CustomStringConvertible {
    /// Another process uses the data folder.
    case inUse(folder: String, process: Int?)
    /// A segment was written by a later release.
    case laterVersion(segment: String, version: Int)
    /// A record of more bytes than ``JournalLine/limit``.
    case recordTooLarge(Int)
    /// The system refused; a full disk comes here.
    case system(SystemError)
    /// The journal was closed.
    case closed

    package var description: String {
        switch self {
        case .inUse(let folder, let process):
            "the data folder \(folder) is in use by \(process.map { "process \($0)" } ?? "another process"): "
                + "stop it, or choose another folder with --data"
        case .laterVersion(let segment, let version):
            "\(segment) was written by a later release (record version \(version)): start that release to drain it"
        case .recordTooLarge(let bytes):
            "a journal record of \(bytes) bytes is over the limit of \(JournalLine.limit): shorten the names in it"
        case .system(let error):
            "the journal cannot be kept: \(error); --data names a folder that can be written and has room"
        case .closed: "the journal is closed"
        }
    }
}
