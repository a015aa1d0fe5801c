import Lifecycle
import Synchronization
import Telemetry
import Testing

struct ServiceGroupTests {
    private final class Diary: Sendable {
        let lines = Mutex<[String]>([])
        func note(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private struct Broken: Error {}

    private func service(_ name: String, _ diary: Diary) -> Service {
        Service(
            name, start: { diary.note("start \(name)") }, drain: { diary.note("drain \(name)") },
            stop: { diary.note("stop \(name)") })
    }

    private let log = Log(level: .error)

    @Test func `starts in order, drains all and then stops all in reverse`() async throws {
        let diary = Diary()
        let group = ServiceGroup([service("a", diary), service("b", diary)], grace: .seconds(60), log: log)
        #expect(try await group.run { diary.note("shutdown") })
        #expect(
            diary.all == ["start a", "start b", "shutdown", "drain b", "drain a", "stop b", "stop a"])
    }

    @Test func `stops what had started when a service cannot`() async {
        let diary = Diary()
        let broken = Service("broken", start: { throw Broken() }, stop: { diary.note("stop broken") })
        let group = ServiceGroup([service("a", diary), broken], grace: .seconds(60), log: log)
        await #expect(throws: LifecycleError.self) { try await group.run { diary.note("shutdown") } }
        #expect(diary.all == ["start a", "drain a", "stop a"])
    }

    @Test func `goes on without a service that does not drain in time`() async throws {
        let diary = Diary()
        let never = AsyncStream<Never> { _ in }
        let stuck = Service(
            "stuck", drain: { await Task { for await _ in never {} }.value },
            stop: { diary.note("stop stuck") })
        let group = ServiceGroup([service("a", diary), stuck], grace: .milliseconds(20), log: log)
        #expect(try await !group.run {})
        #expect(diary.all.contains("stop stuck"))
    }

    @Test func `a task runs until its service is stopped, and is awaited`() async throws {
        let diary = Diary()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let watch = Service.task("watch") {
            diary.note("task begins")
            begin.finish()
            let never = AsyncStream<Never> { _ in }
            for await _ in never {}
            diary.note(Task.isCancelled ? "task is cancelled" : "task ends")
        }
        let group = ServiceGroup([service("a", diary), watch], grace: .seconds(60), log: log)
        #expect(try await group.run { for await _ in begun {} })
        #expect(diary.all == ["start a", "task begins", "drain a", "task is cancelled", "stop a"])
    }

    @Test func `a task that ended by itself is stopped as well`() async throws {
        let brief = Service.task("brief") {}
        #expect(try await ServiceGroup([brief], grace: .seconds(60), log: log).run {})
    }
}
