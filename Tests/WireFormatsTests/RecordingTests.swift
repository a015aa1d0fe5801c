import Dialogue
import Foundation
import JSON
import Testing
import WireFormats

private let recordings = packageRoot.appending(path: "../shared/recordings/openai").standardizedFileURL

/// What OpenAI really sent, where the recordings are at hand.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: recordings.path), "../shared/recordings is absent"))
struct RecordingTests {
    private struct Recording {
        let name: String
        let request: [UInt8]
        let response: [UInt8]
        let status: Int

        /// The two block scalars named `body`, and the status: these files have one shape.
        init?(_ url: URL) throws {
            var bodies: [String] = []
            var lines: [Substring]?
            var status = 0
            for line in try String(contentsOf: url, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            {
                if lines != nil {
                    if line.isEmpty || line.hasPrefix("            ") {
                        lines?.append(line.dropFirst(12))
                        continue
                    }
                    bodies.append((lines ?? []).joined(separator: "\n"))
                    lines = nil
                }
                if line.hasPrefix("        body: |") { lines = [] }
                if line.hasPrefix("        code: ") { status = Int(line.dropFirst(14)) ?? 0 }
            }
            guard bodies.count == 2 else { return nil }
            name = url.lastPathComponent
            request = Array(bodies[0].utf8)
            response = Array("\(bodies[1])\n\n".utf8)
            self.status = status
        }
    }

    private func all() throws -> [Recording] {
        try FileManager.default.contentsOfDirectory(at: recordings, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix("chat-") }.compactMap { try Recording($0) }
    }

    @Test func `requests decode and pass through`() throws {
        let recordings = try all()
        #expect(recordings.count > 15)
        for recording in recordings where recording.status == 200 {
            let request = try WireFormat.openai.decodeRequest(recording.request, parser: JSONParser())
            let passed = WireFormat.openai.passThrough(request, model: request.prompt.model)
            if !request.prompt.stream || request.prompt.streamUsage { #expect(passed == recording.request) }
            #expect(passed.count >= recording.request.count)
        }
    }

    @Test func `answers keep their meaning`() throws {
        let parser = JSONParser()
        for recording in try all() {
            if recording.status != 200 {
                let failure = WireFormat.openai.decodeFailure(
                    status: recording.status, fields: .init(), body: recording.response, parser: parser)
                #expect(failure.status == recording.status && failure.code != nil)
            } else if recording.response.starts(with: "data:".utf8) {
                let events = try WireFormat.openai.events(of: recording.response)
                let before = Summary(events)
                #expect(before.hasEnded && before.finish != nil)
                let again = try WireFormat.openai.events(of: WireFormat.openai.stream(of: events))
                #expect(Summary(again) == before, "\(recording.name)")
                let there = Summary(try WireFormat.anthropic.events(of: WireFormat.anthropic.stream(of: events)))
                #expect(there.text == before.text && there.calls == before.calls && there.finish == before.finish)
                #expect(before.usage == nil || there.usage == before.usage)
            } else {
                try checkWhole(recording, parser)
            }
        }
    }

    private func checkWhole(_ recording: Recording, _ parser: JSONParser) throws {
        let before = try WireFormat.openai.decodeCompletion(recording.response, parser: parser)
        let usage = try #require(try JSONDocument.parse(recording.response).root["usage"])
        #expect(before.usage?.totalInput == usage["prompt_tokens"]?.int)
        #expect(before.usage?.output == usage["completion_tokens"]?.int)
        for format in WireFormat.allCases {
            let body = format.encodeCompletion(before, created: 1)
            let after = try format.decodeCompletion(body, parser: parser)
            #expect(after.text == before.text && after.finish == before.finish && after.usage == before.usage)
            #expect(after.content.filter(\.isCall) == before.content.filter(\.isCall), "\(recording.name)")
        }
    }
}

extension ContentPart {
    fileprivate var isCall: Bool { if case .toolCall = self { true } else { false } }
}
