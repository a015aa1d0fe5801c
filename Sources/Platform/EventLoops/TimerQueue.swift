/// Names a timer until it has fired or was cancelled.
package struct TimerToken: Hashable, Sendable {
    fileprivate let number: UInt64
    fileprivate let slot: Int
}

/// Timers in order of their due time: a binary heap of times beside the actions in slots.
///
/// Cancelling forgets the action at once and leaves the heap's entry to be skipped when it comes up; when such entries
/// are the majority the heap is rebuilt. So each operation costs O(log n) amortised, and memory follows the live timers.
struct TimerQueue {
    private struct Entry {
        let due: LoopInstant
        let token: TimerToken

        /// Equal times fire in the order they were scheduled.
        func precedes(_ other: Entry) -> Bool {
            due == other.due ? token.number < other.token.number : due < other.due
        }
    }

    /// Where a timer's action is kept, one after the other.
    private struct Slot {
        /// The timer's; 0 while there is none.
        var number: UInt64 = 0
        var action: (() -> Void)?
    }

    private var heap: [Entry] = []
    private var slots: [Slot] = []
    private var free: [Int] = []
    private var last: UInt64 = 0

    /// How many timers wait.
    var count: Int { slots.count - free.count }

    /// When the next timer is due.
    var nextDue: LoopInstant? {
        mutating get {
            dropCancelled()
            return heap.first?.due
        }
    }

    mutating func add(due: LoopInstant, _ action: @escaping () -> Void) -> TimerToken {
        last += 1
        if free.isEmpty {
            free.append(slots.count)
            slots.append(Slot())
        }
        let token = TimerToken(number: last, slot: free.removeLast())
        slots[token.slot] = Slot(number: last, action: action)
        heap.append(Entry(due: due, token: token))
        rise(from: heap.count - 1)
        return token
    }

    mutating func cancel(_ token: TimerToken) {
        guard take(token) != nil else { return }
        if heap.count > 64, heap.count > 2 * count { rebuild() }
    }

    /// Takes the first timer that is due.
    mutating func popDue(at now: LoopInstant) -> (() -> Void)? {
        guard let due = nextDue, due <= now, let first = removeFirst() else { return nil }
        return take(first.token)
    }

    /// Empties a timer's slot; nil if it has fired or was cancelled.
    private mutating func take(_ token: TimerToken) -> (() -> Void)? {
        guard isWaiting(token) else { return nil }
        defer {
            slots[token.slot] = Slot()
            free.append(token.slot)
        }
        return slots[token.slot].action
    }

    private func isWaiting(_ token: TimerToken) -> Bool { slots[token.slot].number == token.number }

    private mutating func dropCancelled() {
        while let first = heap.first, !isWaiting(first.token) { _ = removeFirst() }
    }

    private mutating func rebuild() {
        heap.removeAll { [slots] in slots[$0.token.slot].number != $0.token.number }
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
            for child in (2 * parent + 1)...(2 * parent + 2)
            where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
