internal import Dialogue
internal import Recordings

/// What a recording is found by: the text of the last user turn and the names of the tools, as 128 bits of hash.
///
/// Tools are compared by name, in any order, with `_` for every mark that providers refuse in names.
struct RecordingKey: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    init(prompt: String, toolNames: [String]) {
        let tools = toolNames.map(RecordedTool.providerName).sorted().joined(separator: "\n")
        var chance = Chance(seed: 1, prompt, tools)
        var other = Chance(seed: 2, tools, prompt)
        high = chance.next()
        low = other.next()
    }

    init(_ prompt: Prompt) {
        self.init(
            prompt: prompt.messages.last { $0.role == .user }?.text ?? "", toolNames: prompt.tools.map(\.name))
    }
}
