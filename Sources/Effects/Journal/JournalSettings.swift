/// How the journal is kept.
package struct JournalSettings: Hashable, Sendable {
    /// A segment that has grown to this many bytes is followed by a new one.
    package var segmentBytes: Int
    /// Disk space that each segment keeps beyond that for the records of exchanges under way, so that a full disk stops
    /// new calls and loses nothing of the old ones.
    package var reserveBytes: Int
    /// Milliseconds from one sync to the next: what a loss of power can cost at most.
    package var syncInterval: Int
    /// Whether an exchange waits for ``Journal/synced()`` before its last bytes leave (`journal: sync`).
    package var waitsForSync: Bool

    package init(
        segmentBytes: Int = 16 << 20, reserveBytes: Int = 4 << 20, syncInterval: Int = 20, waitsForSync: Bool = false
    ) {
        self.segmentBytes = segmentBytes
        self.reserveBytes = reserveBytes
        self.syncInterval = syncInterval
        self.waitsForSync = waitsForSync
    }
}
