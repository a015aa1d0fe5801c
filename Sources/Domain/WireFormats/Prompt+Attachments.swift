package import Dialogue
import JSON

/// What a prompt holds that only some models take and only its own format can say.
extension Prompt {
    /// Whether it is heard, or its answer is to be.
    package var hasAudio: Bool {
        extras.contains { $0.path == "audio" } || contains { type, _ in type == "input_audio" }
    }

    /// Whether it has files whose pages are looked at; text that is sent as a document is text.
    package var hasDocuments: Bool {
        contains { type, json in
            switch type {
            case "file": return true
            case "document":
                let source = (try? JSONDocument.parse(json))?.root["source"]?["type"]?.string
                return source != "text" && source != "content"
            default: return false
            }
        }
    }

    private func contains(_ isWanted: (String, [UInt8]) -> Bool) -> Bool {
        messages.contains { $0.content.contains { $0.contains(isWanted) } }
    }
}

extension ContentPart {
    fileprivate func contains(_ isWanted: (String, [UInt8]) -> Bool) -> Bool {
        switch self {
        case .other(let type, let json): isWanted(type, json)
        case .toolResult(let result): result.content.contains { $0.contains(isWanted) }
        case .text, .image, .toolCall, .thinking, .refusal: false
        }
    }
}
