internal import EventLoops

/// Calls for one exchange that are under way at once; bound to the loop.
///
/// A call that has no other beside it, and no time in which it is late, runs in the task of whoever waits for it.
final class Race {
    typealias Answer = Result<HeldAnswer, ExchangeHandler.Unanswered>

    private let loop: EventLoop
    /// Calls that nobody has begun to wait for.
    private var ready: [(place: Int, call: () async -> Answer)] = []
    private var running: [Int: Task<Void, Never>] = [:]
    private var finished: [Answer] = []
    private var waiter: Suspension?

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// How many calls have no answer yet.
    var count: Int { ready.count + running.count + finished.count }

    /// Adds a call to the candidate at that place in the plan.
    func add(_ place: Int, _ call: @escaping () async -> Answer) {
        ready.append((place, call))
    }

    /// The next answer, or nil if none comes within that time.
    func next(within limit: Duration?) async -> Answer? {
        if ready.count == 1, running.isEmpty, finished.isEmpty, limit == nil {
            return await ready.removeFirst().call()
        }
        for (place, call) in ready {
            running[place] = loop.spawn { [self] in end(place, await call()) }
        }
        ready = []
        await wait(atMost: limit) { finished.isEmpty }
        return finished.isEmpty ? nil : finished.removeFirst()
    }

    /// Cancels what is under way, and returns when all of it has ended and is accounted for.
    func cancel() async {
        ready = []
        for task in running.values { task.cancel() }
        while !running.isEmpty {
            let count = running.count
            await wait(atMost: nil) { running.count == count }
        }
    }

    private func end(_ place: Int, _ answer: Answer) {
        running[place] = nil
        finished.append(answer)
        waiter?.resume()
        waiter = nil
    }

    /// Waits while a condition holds that the end of a call may change; who waits passes his own cancellation on.
    private func wait(atMost limit: Duration?, while condition: () -> Bool) async {
        var isLate = false
        let timer = limit.map { limit in
            loop.schedule(after: limit) { [self] in
                isLate = true
                waiter?.resume()
                waiter = nil
            }
        }
        let tasks = Array(running.values)
        await withTaskCancellationHandler {
            await Suspension.suspend(while: { condition() && !isLate }) { waiter = $0 }
        } onCancel: {
            for task in tasks { task.cancel() }
        }
        if let timer { loop.cancel(timer) }
    }
}
