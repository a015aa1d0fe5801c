internal import Glibc

/// A folder, named by its path.
package struct Folder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The path of an entry.
    package func path(of name: String) -> String { "\(path)/\(name)" }

    /// Creates the folder and those above it, for this user alone; nothing happens if it is there.
    package func create() throws(SystemError) {
        for end in path.indices where path[end] == "/" && end != path.startIndex {
            try Self.make(String(path[..<end]))
        }
        try Self.make(path)
    }

    private static func make(_ path: String) throws(SystemError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last("create folder", path) }
    }

    /// The names of all entries, in no order.
    package func names() throws(SystemError) -> [String] {
        guard let stream = unsafe opendir(path) else { throw .last("list", path) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a file; nothing happens if there is none.
    package func remove(_ name: String) throws(SystemError) {
        guard unsafe unlink(path(of: name)) == 0 || errno == ENOENT else { throw .last("remove", path(of: name)) }
    }

    /// Returns when the entries made and removed before survive a loss of power.
    package func sync() throws(SystemError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last("sync", path) }
    }
}
