import EventLoops
import Glibc
import Testing

@Suite struct EventLoopTests {
    @Test func `a task that starts on the loop resumes on it after waiting elsewhere`() async throws {
        let loop = try EventLoop()
        let elsewhere = Counter()
        let places = await Task(executorPreference: loop) {
            var places = [loop.isOnLoop]
            await elsewhere.increment()
            places.append(loop.isOnLoop)
            try? await Task.sleep(for: .milliseconds(1))
            places.append(loop.isOnLoop)
            await withTaskGroup { group in
                group.addTask { loop.isOnLoop }
                for await place in group { places.append(place) }
            }
            return places
        }.value
        #expect(places == [true, true, true, true])
        #expect(!loop.isOnLoop)
        await loop.stop()
    }

    @Test func `a call that does not wait goes on without giving others the loop`() async throws {
        let loop = try EventLoop()
        let order = await Task(executorPreference: loop) {
            let log = Log()
            let other = loop.spawn { log.add("other") }
            await log.addAtOnce("first")
            await log.addAtOnce("second")
            await other.value
            return log.entries
        }.value
        #expect(order == ["first", "second", "other"])
        await loop.stop()
    }

    @Test func `brings the body's error back`() async throws {
        let loop = try EventLoop()
        await #expect(throws: Refusal()) { try await loop.run { () throws(Refusal) in throw Refusal() } }
        await loop.stop()
    }

    @Test func `no job is lost when many threads bring them at once`() async throws {
        let loop = try EventLoop()
        let log = Log()
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { for _ in 0..<200 { await loop.run { log.add("job") } } } }
        }
        #expect(await loop.run { log.entries.count } == 10_000)
        await loop.stop()
    }

    @Test func `tells a descriptor's handler until it is unwatched, never one that took its number`() async throws {
        let loop = try EventLoop()
        let heard = await withCheckedContinuation { (done: CheckedContinuation<[String], Never>) in
            Task { await loop.run { PipeStory(loop: loop, done: done).begin() } }
        }
        #expect(heard == ["first: a", "second: b"])
        await loop.stop()
    }

    @Test func `a poll counts before its handlers are called, and only if it tells of all that are ready`() async throws
    {
        let loop = try EventLoop()
        let heard = await withCheckedContinuation { (done: CheckedContinuation<[Int], Never>) in
            Task { await loop.run { ManyPipes(300, loop: loop, done: done).begin() } }
        }
        #expect(heard == Array(repeating: 0, count: 256) + Array(repeating: 1, count: 44))
        await loop.stop()
    }

    @Test func `jobs that never end let timers fire`() async throws {
        let loop = try EventLoop()
        let spinner = Task(executorPreference: loop) { while !Task.isCancelled { await Task.yield() } }
        await withCheckedContinuation { done in
            Task { await loop.run { _ = loop.schedule(after: .milliseconds(1)) { done.resume() } } }
        }
        spinner.cancel()
        await spinner.value
        await loop.stop()
    }

    @Test func `stopping twice returns twice`() async throws {
        let group = try EventLoopGroup(count: 2)
        #expect(group.loops.count == 2)
        await group.stop()
        await group.stop()
    }

    @Test func `blocking work runs in order on a thread of its own and says when it is full`() async throws {
        let executor = BlockingExecutor(name: "blocking", capacity: 2)
        let worker = Worker(executor: executor)
        let gate = Gate()
        async let first: Void = worker.wait(for: gate)
        while executor.waiting < 1 { await Task.yield() }
        async let second: Void = worker.append(2)
        while executor.waiting < 2 { await Task.yield() }
        #expect(executor.isFull)
        gate.open()
        _ = await (first, second)
        #expect(await worker.log == [1, 2])
        #expect(await worker.isAtHome)
        executor.stop()
    }
}

private struct Refusal: Error, Equatable {}

private actor Counter {
    var count = 0
    func increment() { count += 1 }
}

/// Touched on one loop only, hence unchecked.
private final class Log: @unchecked Sendable {
    private(set) var entries: [String] = []

    func add(_ entry: String) { entries.append(entry) }
    func addAtOnce(_ entry: String) async { add(entry) }
}

private actor Worker {
    nonisolated let executor: BlockingExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    var log: [Int] = []
    var isAtHome: Bool { executor.isIsolatingCurrentContext() == true }

    init(executor: BlockingExecutor) { self.executor = executor }
    func append(_ value: Int) { log.append(value) }
    func wait(for gate: Gate) {
        gate.pass()
        log.append(1)
    }
}

/// A semaphore that a blocked thread waits at.
private final class Gate: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    init() { sem_init(semaphore, 0, 0) }
    func open() { sem_post(semaphore) }
    func pass() { sem_wait(semaphore) }
}

/// Reads from one pipe, closes it within the same turn that has an event for it, and opens another of that number.
private final class PipeStory: DescriptorHandler {
    private let loop: EventLoop
    private let done: CheckedContinuation<[String], Never>
    private var heard: [String] = []
    private var reader: Int32 = -1
    private var name = "first"

    init(loop: EventLoop, done: CheckedContinuation<[String], Never>) {
        self.loop = loop
        self.done = done
    }

    func begin() { open(sending: "a") }

    func ready(_ descriptor: Int32, _ readiness: Readiness) {
        let count = read(descriptor, loop.readBuffer.baseAddress, loop.readBuffer.count)
        heard.append("\(name): \(String(decoding: loop.readBuffer.prefix(max(0, count)), as: UTF8.self))")
        loop.unwatch(descriptor)
        close(descriptor)
        if name == "first" {
            name = "second"
            open(sending: "b")
        } else {
            done.resume(returning: heard)
        }
    }

    private func open(sending text: String) {
        var ends: [Int32] = [0, 0]
        _ = pipe(&ends)
        reader = ends[0]
        loop.watch(reader, for: .read, handler: self)
        _ = write(ends[1], text, text.utf8.count)
        close(ends[1])
    }
}

/// Reads from many pipes that are ready at once, and notes at each how many polls have counted since.
private final class ManyPipes: DescriptorHandler {
    private let count: Int
    private let loop: EventLoop
    private let done: CheckedContinuation<[Int], Never>
    private var begun = 0
    private var heard: [Int] = []

    init(_ count: Int, loop: EventLoop, done: CheckedContinuation<[Int], Never>) {
        self.count = count
        self.loop = loop
        self.done = done
    }

    func begin() {
        begun = loop.polls
        for _ in 0..<count {
            var ends: [Int32] = [0, 0]
            _ = pipe(&ends)
            loop.watch(ends[0], for: .read, handler: self)
            close(ends[1])
        }
    }

    func ready(_ descriptor: Int32, _ readiness: Readiness) {
        heard.append(loop.polls - begun)
        loop.unwatch(descriptor)
        close(descriptor)
        if heard.count == count { done.resume(returning: heard) }
    }
}
