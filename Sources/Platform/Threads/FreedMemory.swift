internal import CLinux

/// What was freed and the allocator still holds.
package enum FreedMemory {
    /// Gives large blocks back to the system as soon as they are freed, for good: for a process that runs for long.
    ///
    /// A program that ends soon is faster without, since each large block then costs a call and fresh pages.
    package static func returnsLargeBlocks() { clinux_return_large_blocks() }

    /// Gives back to the system what is free now; worth a call after work that took far more than it leaves.
    package static func returnAll() { clinux_return_free_memory() }
}
