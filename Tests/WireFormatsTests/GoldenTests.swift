import Dialogue
import Foundation
import JSON
import Testing
import WireFormats

/// One input `<case>.<format>`, and beside it the expected `<case>.<format>.to-<target>`.
struct GoldenTests {
    private func check(_ result: [UInt8], against name: String) throws {
        let file = packageRoot.appending(path: "Tests/WireFormatsTests/Fixtures/\(name)")
        if ProcessInfo.processInfo.environment["FARTHING_REFRESH_GOLDENS"] != nil {
            try Data(result).write(to: file)
            return
        }
        #expect(String(decoding: result, as: UTF8.self) == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    private func input(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: packageRoot.appending(path: "Tests/WireFormatsTests/Fixtures/\(name)")))
    }

    @Test(arguments: WireFormat.allCases)
    func `converts a rich request`(_ format: WireFormat) throws {
        let request = try format.decodeRequest(input("request-rich.\(format).json"), parser: JSONParser())
        #expect(format.peer.obstacle(to: request.prompt, from: format) == nil)
        let result = try format.peer.encodeRequest(request.prompt, from: format, model: "target")
        try check(result, against: "request-rich.\(format).to-\(format.peer).json")
    }

    @Test(arguments: WireFormat.allCases)
    func `converts a stream with parallel calls`(_ format: WireFormat) throws {
        let events = try format.events(of: input("stream-tools.\(format).sse"))
        let result = format.peer.stream(of: events)
        try check(result, against: "stream-tools.\(format).to-\(format.peer).sse")
        let (before, after) = (Summary(events), Summary(try format.peer.events(of: result)))
        #expect(before.text == after.text && before.thinking == after.thinking && before.calls == after.calls)
        #expect(before.finish == after.finish && after.hasEnded)
        #expect(before.usage?.totalInput == after.usage?.totalInput && before.usage?.output == after.usage?.output)
    }
}
