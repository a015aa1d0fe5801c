import Dialogue
import JSON
import Testing
import WireFormats

struct AttachmentsTests {
    private static let sound = #"{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}"#
    private static let file =
        #"{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}"#
    private static let pages =
        #"{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}"#
    private static let linked = #"{"type":"document","source":{"type":"url","url":"https://example.com/a.pdf"}}"#
    private static let text = #"{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hello"}}"#

    private func request(_ format: WireFormat, _ part: String, more: String = "") throws -> DecodedRequest {
        let ask = #"{"type":"text","text":"What is it?"}"#
        let body =
            #"{"model": "auto","max_tokens":9,"messages":[{"role":"user","content":[ \#(ask), \#(part) ]}]\#(more)}"#
        return try format.decodeRequest(Array(body.utf8), parser: JSONParser())
    }

    private func result(_ part: String) -> String {
        #"{"type":"tool_result","tool_use_id":"t","content":[\#(part)]}"#
    }

    @Test(arguments: [
        (WireFormat.openai, sound, true, false), (.openai, file, false, true), (.anthropic, pages, false, true),
        (.anthropic, linked, false, true), (.anthropic, text, false, false),
        (.openai, #"{"type":"video_url","video_url":{"url":"https://example.com/v"}}"#, false, false),
    ])
    func `passes a part of its own format as it came, and is a clear refusal in the other`(
        _ format: WireFormat, _ part: String, _ isHeard: Bool, _ hasPages: Bool
    ) throws {
        let request = try request(format, part)
        #expect(request.prompt.hasAudio == isHeard)
        #expect(request.prompt.hasDocuments == hasPages)
        #expect(format.obstacle(to: request.prompt, from: format) == nil)
        let sent = String(decoding: format.passThrough(request, model: "m"), as: UTF8.self)
        #expect(sent == String(decoding: request.document.root.raw, as: UTF8.self).replacing("auto", with: "m"))
        let other: WireFormat = format == .openai ? .anthropic : .openai
        let obstacle = try #require(other.obstacle(to: request.prompt, from: format))
        #expect(obstacle.path == "messages[0].content")
        #expect(obstacle.reason.contains("has no counterpart"))
        #expect(obstacle.failure.status == 400)
    }

    @Test func `finds pages in the result of a tool`() throws {
        #expect(try request(.anthropic, result(Self.pages)).prompt.hasDocuments)
        #expect(try !request(.anthropic, result(Self.text)).prompt.hasDocuments)
    }

    @Test func `an answer that is to be spoken needs audio`() throws {
        let spoken = #","modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"}"#
        #expect(try request(.openai, #"{"type":"text","text":"x"}"#, more: spoken).prompt.hasAudio)
    }
}
