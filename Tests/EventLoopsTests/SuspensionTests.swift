import EventLoops
import Testing

struct SuspensionTests {
    @Test func `what has come to pass before the suspension is kept is not waited for`() async throws {
        let loop = try EventLoop()
        await withCheckedContinuation { done in
            Task(executorPreference: loop) {
                var kept: [Suspension] = []
                await Suspension.suspend(while: { false }) { kept.append($0) }
                done.resume()
                #expect(kept.isEmpty)
            }
        }
        await loop.stop()
    }

    @Test func `who waits goes on when it is resumed`() async throws {
        let loop = try EventLoop()
        await withCheckedContinuation { done in
            Task(executorPreference: loop) {
                var isOver = false
                await Suspension.suspend(while: { !isOver }) { suspension in
                    isOver = true
                    suspension.resume()
                }
                #expect(isOver)
                done.resume()
            }
        }
        await loop.stop()
    }
}
