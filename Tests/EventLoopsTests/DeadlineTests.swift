import EventLoops
import Testing

@Suite struct DeadlineTests {
    @Test(arguments: [
        ([50, 1], ["deadline", "timer"]), ([1, 50], ["timer", "deadline"]), ([1, 50, 2], ["deadline", "timer"]),
    ])
    func `the last time that was set holds`(milliseconds: [Int], order: [String]) async throws {
        let loop = try EventLoop()
        let noted = await withCheckedContinuation { (done: CheckedContinuation<[String], Never>) in
            Task {
                await loop.run {
                    var noted: [String] = []
                    func note(_ event: String) {
                        noted.append(event)
                        if noted.count == 2 { done.resume(returning: noted) }
                    }
                    let deadline = Deadline(loop: loop)
                    deadline.onExpiry = { note("deadline") }
                    loop.schedule(after: .milliseconds(20)) { note("timer") }
                    for time in milliseconds { deadline.set(after: .milliseconds(time)) }
                }
            }
        }
        #expect(noted == order)
        await loop.stop()
    }

    @Test func `one that was stopped does not expire, and can be set again`() async throws {
        let loop = try EventLoop()
        let expiries = await withCheckedContinuation { (done: CheckedContinuation<Int, Never>) in
            Task {
                await loop.run {
                    var expiries = 0
                    let deadline = Deadline(loop: loop)
                    deadline.onExpiry = { expiries += 1 }
                    deadline.set(after: .milliseconds(1))
                    deadline.clear()
                    loop.schedule(after: .milliseconds(5)) {
                        deadline.set(after: .milliseconds(1))
                        loop.schedule(after: .milliseconds(5)) { done.resume(returning: expiries) }
                    }
                }
            }
        }
        #expect(expiries == 1)
        await loop.stop()
    }
}
