import EventLoops
import Testing

@Suite struct TimerTests {
    @Test func `fires in the order of due times, and in the order of scheduling when equal`() async throws {
        let loop = try EventLoop()
        let order = await collect(on: loop, count: 4) { note in
            let now = loop.now
            loop.schedule(at: now.advanced(by: .milliseconds(3))) { note(3) }
            loop.schedule(at: now.advanced(by: .milliseconds(1))) { note(1) }
            loop.schedule(at: now.advanced(by: .milliseconds(1))) { note(2) }
            loop.schedule(at: now) { note(0) }
        }
        #expect(order == [0, 1, 2, 3])
        await loop.stop()
    }

    @Test func `a cancelled timer never fires`() async throws {
        let loop = try EventLoop()
        let order = await collect(on: loop, count: 1) { note in
            let token = loop.schedule(after: .milliseconds(1)) { note(7) }
            loop.cancel(token)
            loop.schedule(after: .milliseconds(5)) { note(8) }
        }
        #expect(order == [8])
        await loop.stop()
    }

    @Test func `keeps order among thousands of timers of which most are cancelled`() async throws {
        let loop = try EventLoop()
        let order = await collect(on: loop, count: 500) { note in
            var tokens: [TimerToken] = []
            for index in 0..<20_000 {
                let microseconds = (index * 7919) % 20_000
                tokens.append(loop.schedule(after: .microseconds(microseconds)) { note(microseconds) })
            }
            for (index, token) in tokens.enumerated() where index % 40 != 0 { loop.cancel(token) }
        }
        #expect(order == order.sorted())
        #expect(Set(order).count == 500)
        await loop.stop()
    }

    @Test func `a delay beyond any clock waits for ever rather than overflowing`() {
        let instant = LoopInstant(nanoseconds: 5)
        #expect(instant.advanced(by: .seconds(Int64.max)) == LoopInstant(nanoseconds: .max))
        #expect(instant.advanced(by: .nanoseconds(-9)) == LoopInstant(nanoseconds: 0))
        #expect(instant.duration(to: instant.advanced(by: .milliseconds(2))) == .milliseconds(2))
    }

    /// Runs the body on the loop and returns what it noted, once it has noted `count` times.
    private func collect(
        on loop: EventLoop, count: Int, _ body: @escaping @Sendable (@escaping (Int) -> Void) -> Void
    ) async -> [Int] {
        await withCheckedContinuation { (done: CheckedContinuation<[Int], Never>) in
            Task {
                await loop.run {
                    var noted: [Int] = []
                    body { value in
                        noted.append(value)
                        if noted.count == count { done.resume(returning: noted) }
                    }
                }
            }
        }
    }
}
