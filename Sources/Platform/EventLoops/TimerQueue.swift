/// Names a timer until it has fired or was cancelled.
package struct TimerToken: Hashable, Sendable {
    let number: UInt64
}

/// Timers in order of their due time: a binary heap of (time, number) beside the actions by number.
///
/// Cancelling forgets the action at once and leaves the heap's entry to be skipped when it comes up; when such entries
/// are the majority the heap is rebuilt. So each operation costs O(log n) amortised, and memory follows the live timers.
struct TimerQueue {
    private struct Entry {
        let due: LoopInstant
        let number: UInt64

        /// Equal times fire in the order they were scheduled.
        func precedes(_ other: Entry) -> Bool {
            due == other.due ? number < other.number : due < other.due
        }
    }

    private var heap: [Entry] = []
    private var actions: [UInt64: () -> Void] = [:]
    private var last: UInt64 = 0

    /// How many timers wait.
    var count: Int { actions.count }

    /// When the next timer is due.
    var nextDue: LoopInstant? {
        mutating get {
            dropCancelled()
            return heap.first?.due
        }
    }

    mutating func add(due: LoopInstant, _ action: @escaping () -> Void) -> TimerToken {
        last += 1
        actions[last] = action
        heap.append(Entry(due: due, number: last))
        rise(from: heap.count - 1)
        return TimerToken(number: last)
    }

    mutating func cancel(_ token: TimerToken) {
        guard actions.removeValue(forKey: token.number) != nil else { return }
        if heap.count > 64, heap.count > 2 * actions.count { rebuild() }
    }

    /// Takes the first timer that is due.
    mutating func popDue(at now: LoopInstant) -> (() -> Void)? {
        guard let due = nextDue, due <= now, let first = removeFirst() else { return nil }
        return actions.removeValue(forKey: first.number)
    }

    private mutating func dropCancelled() {
        while let first = heap.first, actions[first.number] == nil { _ = removeFirst() }
    }

    private mutating func rebuild() {
        heap.removeAll { actions[$0.number] == nil }
        for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(from: index) }
    }

    private mutating func removeFirst() -> Entry? {
        guard let first = heap.first, let tail = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = tail
            sink(from: 0)
        }
        return first
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func sink(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
