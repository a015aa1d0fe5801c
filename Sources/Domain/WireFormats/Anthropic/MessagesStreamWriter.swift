import Dialogue
import JSON

/// Writes the events of one Anthropic stream.
///
/// Its blocks come one after the other: of several calls that are streamed at once, the first is passed on as it comes and
/// the others when the answer has ended.
struct MessagesStreamWriter {
    private enum Block: Equatable {
        case text, thinking, call(Int)
    }

    private var open: Block?
    private var count = 0
    private var waiting: [(index: Int, call: ToolCall)] = []
    private var hasCalls = false
    private var refuses = false
    private var usage: TokenUsage?
    private var finish: (reason: FinishReason, stopSequence: String?)?
    private var isFlushed = false

    mutating func write(_ event: CompletionEvent) -> [UInt8] {
        switch event {
        case .start(let id, let model): return start(id: id, model: model)
        case .text(let text): return delta(in: .text, "text_delta", "text", text)
        case .refusal(let text):
            refuses = true
            return delta(in: .text, "text_delta", "text", text)
        case .thinking(let text): return delta(in: .thinking, "thinking_delta", "thinking", text)
        case .thinkingSignature(let text): return delta(in: .thinking, "signature_delta", "signature", text)
        case .tokens, .alternative: return []
        case .toolCallStart(let index, let id, let name):
            hasCalls = true
            let call = ToolCall(id: id, name: name, arguments: "")
            if case .call = open {
                waiting.append((index, call))
                return []
            }
            return begin(.call(index), call: call)
        case .toolCallArguments(let index, let text):
            if open == .call(index) { return delta(in: .call(index), "input_json_delta", "partial_json", text) }
            if let at = waiting.firstIndex(where: { $0.index == index }) { waiting[at].call.arguments += text }
            return []
        case .finish(let reason, let stopSequence):
            finish = (reason, stopSequence)
            return closeAll()
        case .usage(let usage):
            self.usage = usage
            return finish == nil ? [] : flush()
        case .failure(let failure):
            return Self.framed("error", WireFormat.anthropic.encodeFailure(failure, requestID: ""))
        case .end: return flush() + Self.framed("message_stop", Array(#"{"type":"message_stop"}"#.utf8))
        }
    }

    mutating func flush() -> [UInt8] {
        guard !isFlushed else { return [] }
        isFlushed = true
        let reason = (finish?.reason ?? .stop).messagesWord(
            stopSequence: finish?.stopSequence, hasCalls: hasCalls, refuses: refuses)
        let stopSequence = finish?.stopSequence
        let spent = usage ?? TokenUsage()
        return closeAll()
            + Self.event("message_delta") { writer in
                writer.key("delta")
                writer.object { writer in
                    writer.member("stop_reason", reason)
                    writer.key("stop_sequence")
                    if let stopSequence { writer.string(stopSequence) } else { writer.null() }
                }
                writer.messagesUsage(spent)
            }
    }

    private func start(id: String, model: String) -> [UInt8] {
        Self.event("message_start") { writer in
            writer.key("message")
            writer.object { writer in
                writer.member("id", id)
                writer.member("type", "message")
                writer.member("role", "assistant")
                writer.member("model", model)
                writer.member("content", raw: "[]".utf8)
                writer.member("stop_reason", raw: "null".utf8)
                writer.member("stop_sequence", raw: "null".utf8)
                writer.messagesUsage(usage ?? TokenUsage())
            }
        }
    }

    private mutating func delta(in block: Block, _ type: String, _ name: String, _ text: String) -> [UInt8] {
        let opening = open == block ? [] : begin(block)
        return opening
            + Self.event("content_block_delta") { writer in
                writer.member("index", count - 1)
                writer.key("delta")
                writer.object { writer in
                    writer.member("type", type)
                    writer.key(named: name)
                    writer.string(text)
                }
            }
    }

    private mutating func begin(_ block: Block, call: ToolCall? = nil) -> [UInt8] {
        let closing = close()
        open = block
        count += 1
        return closing
            + Self.event("content_block_start") { writer in
                writer.member("index", count - 1)
                writer.key("content_block")
                switch block {
                case .text: writer.block(.text(""))
                case .thinking: writer.block(.thinking(text: "", signature: ""))
                case .call: writer.block(.toolCall(call ?? ToolCall(id: "", name: "", arguments: "")))
                }
            }
    }

    private mutating func close() -> [UInt8] {
        guard open != nil else { return [] }
        open = nil
        return Self.event("content_block_stop") { $0.member("index", count - 1) }
    }

    private mutating func closeAll() -> [UInt8] {
        var out = close()
        for (index, call) in waiting {
            out += begin(.call(index), call: ToolCall(id: call.id, name: call.name, arguments: ""))
            out += delta(in: .call(index), "input_json_delta", "partial_json", call.arguments)
            out += close()
        }
        waiting = []
        return out
    }

    private static func event(_ type: String, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 192)
        writer.object { writer in
            writer.member("type", type)
            body(&writer)
        }
        return framed(type, writer.bytes)
    }

    private static func framed(_ type: String, _ json: [UInt8]) -> [UInt8] {
        Array("event: \(type)\ndata: ".utf8) + json + Array("\n\n".utf8)
    }
}
