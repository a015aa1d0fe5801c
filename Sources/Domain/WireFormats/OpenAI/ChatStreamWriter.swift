import Dialogue
import JSON

/// Writes the chunks of one OpenAI stream.
struct ChatStreamWriter {
    private let created: Int
    private let includesUsage: Bool
    private var head: [UInt8] = []
    private var usage: TokenUsage?
    private var hasFinished = false
    private var hasSentUsage = false

    init(created: Int, includesUsage: Bool) {
        self.created = created
        self.includesUsage = includesUsage
        head = Self.head(id: "", model: "", created: created)
    }

    mutating func write(_ event: CompletionEvent) -> [UInt8] {
        switch event {
        case .start(let id, let model):
            head = Self.head(id: id, model: model, created: created)
            return chunk { writer in
                writer.member("role", "assistant")
                writer.member("content", "")
            }
        case .text(let text): return chunk { $0.member("content", text) }
        case .refusal(let text): return chunk { $0.member("refusal", text) }
        case .thinking(let text): return chunk { $0.member("reasoning_content", text) }
        case .thinkingSignature, .tokens, .alternative: return []
        case .toolCallStart(let index, let id, let name):
            return call(index, id: id) { writer in
                writer.member("name", name)
                writer.member("arguments", "")
            }
        case .toolCallArguments(let index, let text): return call(index, id: nil) { $0.member("arguments", text) }
        case .finish(let reason, _):
            hasFinished = true
            return chunk(finish: reason.chatWord) { _ in }
        case .usage(let usage):
            self.usage = usage
            return hasFinished ? flush() : []
        case .failure(let failure):
            return Array("data: ".utf8) + WireFormat.openai.encodeFailure(failure, requestID: "") + Array("\n\n".utf8)
        case .end: return flush() + Array("data: [DONE]\n\n".utf8)
        }
    }

    mutating func flush() -> [UInt8] {
        guard includesUsage, !hasSentUsage, let usage else { return [] }
        hasSentUsage = true
        var writer = JSONWriter()
        writer.object { $0.chatUsage(usage) }
        return head + Array(#"[],"#.utf8) + writer.bytes.dropFirst() + Array("\n\n".utf8)
    }

    private static func head(id: String, model: String, created: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", id)
            writer.member("object", "chat.completion.chunk")
            writer.member("created", created)
            writer.member("model", model)
            writer.key("choices")
        }
        return Array("data: ".utf8) + writer.bytes.dropLast()
    }

    private func call(_ index: Int, id: String?, function: (inout JSONWriter) -> Void) -> [UInt8] {
        chunk { writer in
            writer.key("tool_calls")
            writer.array { writer in
                writer.object { writer in
                    writer.member("index", index)
                    writer.member("id", id)
                    if id != nil { writer.member("type", "function") }
                    writer.key("function")
                    writer.object(function)
                }
            }
        }
    }

    private func chunk(finish: String? = nil, delta: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 128)
        writer.array { writer in
            writer.object { writer in
                writer.member("index", 0)
                writer.key("delta")
                writer.object(delta)
                writer.key("logprobs")
                writer.null()
                writer.key("finish_reason")
                if let finish { writer.string(finish) } else { writer.null() }
            }
        }
        return head + writer.bytes + Array((includesUsage ? ",\"usage\":null}\n\n" : "}\n\n").utf8)
    }
}
