/// Merges the pairs of a piece in the order of rank, leftmost first among equals.
///
/// The parts are a linked list over the piece's offsets, the mergeable pairs a binary heap. A pair whose parts have
/// changed since it was pushed is recognised by its end and skipped: n log n in all.
struct PairMerge {
    private struct Pair {
        var rank: UInt32
        var start: Int32
        var end: Int32

        func precedes(_ other: Pair) -> Bool {
            rank != other.rank ? rank < other.rank : start < other.start
        }
    }

    // Scratch space, kept from piece to piece. A part begins at each offset that is still alive.
    private var next: [Int32] = []
    private var previous: [Int32] = []
    private var heap: [Pair] = []

    private static let merged: Int32 = -2

    /// The number of tokens that a piece becomes.
    mutating func count(_ piece: UnsafeBufferPointer<UInt8>, by vocabulary: Vocabulary) -> Int {
        let length = piece.count
        next.removeAll(keepingCapacity: true)
        previous.removeAll(keepingCapacity: true)
        heap.removeAll(keepingCapacity: true)
        for offset in 0..<length {
            next.append(Int32(offset + 1))
            previous.append(Int32(offset - 1))
        }
        for offset in 0..<max(length - 1, 0) {
            unsafe push(from: offset, in: piece, by: vocabulary)
        }
        var parts = length
        while let pair = pop() {
            let start = Int(pair.start)
            let middle = Int(next[start])
            // Stale: the left part is gone or has grown, or the right part has.
            guard middle >= 0, middle < length, next[middle] == pair.end else { continue }
            let end = pair.end
            next[start] = end
            next[middle] = Self.merged
            if end < length { previous[Int(end)] = pair.start }
            parts -= 1
            unsafe push(from: start, in: piece, by: vocabulary)
            if previous[start] >= 0 { unsafe push(from: Int(previous[start]), in: piece, by: vocabulary) }
        }
        return parts
    }

    /// Queues the pair of the part at `start` and the one after it, if they form a token.
    private mutating func push(from start: Int, in piece: UnsafeBufferPointer<UInt8>, by vocabulary: Vocabulary) {
        let middle = Int(next[start])
        guard middle < piece.count else { return }
        let end = next[middle]
        let token = unsafe UnsafeBufferPointer(rebasing: piece[start..<Int(end)])
        guard let rank = unsafe vocabulary.rank(of: token) else { return }
        heap.append(Pair(rank: rank, start: Int32(start), end: end))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func pop() -> Pair? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            parent = child
        }
        return first
    }
}
