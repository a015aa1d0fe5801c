/// A numbered step from one schema to the next; once released it never changes.
package struct SQLiteMigration: Sendable {
    /// Counts from 1 without gaps; kept in the file as `user_version`.
    package let number: Int
    package let sql: String

    package init(_ number: Int, _ sql: String) {
        self.number = number
        self.sql = sql
    }
}

extension SQLiteConnection {
    /// The number of the last migration that the file has seen; 0 for a new file.
    package mutating func schemaVersion() throws(SQLiteError) -> Int {
        var version = 0
        try query("PRAGMA user_version") { version = $0.int(0) }
        return version
    }

    /// Brings the file to the last of `migrations`, each in a transaction of its own.
    ///
    /// - Throws: if a step fails, or the file was made by a later release.
    package mutating func migrate(_ migrations: [SQLiteMigration]) throws(SQLiteError) {
        let last = migrations.last?.number ?? 0
        let present = try schemaVersion()
        guard present <= last else { throw .laterSchema(present, last) }
        for migration in migrations where migration.number > present {
            try transaction { connection throws(SQLiteError) in
                try connection.execute(migration.sql)
                try connection.execute("PRAGMA user_version = \(migration.number)")
            }
        }
    }
}

extension SQLiteError {
    /// The file was written by a later release than this one.
    package static func laterSchema(_ present: Int, _ known: Int) -> SQLiteError {
        SQLiteError(
            .mismatch, operation: "open",
            reason: "the database has schema \(present) and this release knows \(known): use the later release")
    }

    /// The file was written by an earlier release, and is not to be changed by a reader.
    package static func earlierSchema(_ present: Int, _ known: Int) -> SQLiteError {
        SQLiteError(
            .mismatch, operation: "open",
            reason:
                "the database has schema \(present) and this release reads \(known): start 'farthing serve' on it once")
    }
}
