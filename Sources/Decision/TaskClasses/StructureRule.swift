import Dialogue
import Features

/// A fact of structure that settles the class by itself.
struct StructureRule {
    var taskClass: TaskClass
    /// A belief, not a measured rate.
    var confidence: Double
    var reason: String

    /// The first rule that holds.
    static func first(for structure: PromptStructure, prompt: Prompt) -> StructureRule? {
        let offersTools = structure.tools > 0 && prompt.toolChoice != ToolChoice.none
        if offersTools || structure.hasToolTurns {
            let reason = structure.hasToolTurns ? "the conversation holds tool calls" : "the request offers tools"
            return StructureRule(taskClass: .agentic, confidence: 0.95, reason: reason)
        }
        if structure.cues.contains(.translateToLanguage) {
            return StructureRule(
                taskClass: .translation, confidence: 0.95, reason: "it asks to translate and names a language")
        }
        if structure.cues.contains(.codeFence) {
            return StructureRule(taskClass: .code, confidence: 0.9, reason: "it holds a fenced block of code")
        }
        if structure.cues.contains(.arithmetic) {
            return StructureRule(
                taskClass: .maths, confidence: 0.95, reason: "it asks what an arithmetic expression amounts to")
        }
        if structure.cues.contains(.rewrite) {
            return StructureRule(
                taskClass: .rewriting, confidence: 0.75, reason: "a sentence begins by asking to rewrite or correct")
        }
        if structure.cues.contains(.support) {
            return StructureRule(
                taskClass: .support, confidence: 0.7, reason: "it speaks of a customer's order, account or payment")
        }
        return nil
    }
}
