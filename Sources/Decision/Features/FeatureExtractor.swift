package import Dialogue
import Embedding
import Glibc

/// Turns prompts into features.
///
/// Pure and deterministic; it keeps room to work in, so each thread needs its own.
package final class FeatureExtractor {
    private let wordPiece = WordPiece.shipped
    private let tokenEmbedding = TokenEmbedding.shipped
    private var ask = Ask()
    private var runs = TextRuns()
    private var distinctWords = DistinctWords()
    private var ids: [Int32] = []

    /// An extractor on the shipped vocabulary and embedding.
    package init() {}

    /// The features of a prompt.
    package func features(of prompt: Prompt) -> PromptFeatures {
        ask.read(prompt)
        let text = ask.text
        runs.read(text.span)
        let scan = SurfaceScan(text.span, runs, room: &distinctWords)
        var surface = SurfaceSignals(scan, bytes: text.count)
        wordPiece.encode(text.span, runs, into: &ids)

        var structure = PromptStructure()
        var estimate = TokenEstimate()
        survey(prompt, &structure, &estimate)
        structure.cues = scan.cues
        structure.askCharacters = text.count - scan.continuations + ask.omittedCharacters
        structure.documentBytes += ask.omittedBytes
        surface[.logCharacters] = log(1 + Float(structure.askCharacters))
        surface[.logToolBytes] = log(1 + Float(structure.toolBytes))
        surface[.turns] = log(Float(max(structure.turns, 1)))
        surface[.images] = log(1 + Float(structure.images))
        var tokens: [Int32] = []
        tokens.append(contentsOf: ids)
        return PromptFeatures(
            tokens: tokens, isLastTurn: ask.isLastTurn, embedding: vector(of: ids, for: .classification),
            surface: surface.values, structure: structure, inputTokens: estimate.tokens)
    }

    /// The place of a text in the similarity embedding: a unit vector, or zeros for a text without words.
    ///
    /// A text may be as long as an answer, for which no room is kept.
    package func similarityVector(of text: String) -> [Float] { similarityVector(of: wordPiece.encode(text)) }

    /// The same for a text of these WordPiece ids.
    package func similarityVector(of tokens: [Int32]) -> [Float] {
        vector(of: tokens, for: .similarity)
    }

    private func vector(of tokens: [Int32], for weighting: TokenEmbedding.Weighting) -> [Float] {
        tokenEmbedding?.vector(of: tokens, for: weighting) ?? Array(repeating: 0, count: TokenEmbedding.dimensions)
    }

    private func survey(_ prompt: Prompt, _ structure: inout PromptStructure, _ estimate: inout TokenEstimate) {
        for (place, message) in prompt.messages.enumerated() {
            // Chat formats wrap each turn in some four tokens.
            estimate.add(tokens: 4)
            if message.role == .user || message.role == .assistant { structure.turns += 1 }
            if place == ask.message {
                let text = ask.text
                estimate.add(text.span, runs.lowercased.blocks)
                continue
            }
            let isInstruction = message.role == .system || message.role == .developer
            for part in message.content {
                survey(part, &structure, &estimate)
                if isInstruction, case .text(let text) = part { structure.systemBytes += text.utf8.count }
            }
        }
        estimate.add(tokens: 3)
        structure.tools = prompt.tools.count
        for tool in prompt.tools {
            structure.toolBytes += tool.name.utf8.count + (tool.description?.utf8.count ?? 0) + tool.parameters.count
            estimate.add(tokens: 8)
            estimate.add(tool.name.utf8.span)
            if let description = tool.description { estimate.add(description.utf8.span) }
            estimate.add(tool.parameters.span)
        }
        switch prompt.outputFormat {
        case .text: break
        case .json: structure.wantsJSON = true
        case .schema(_, let schema, _):
            structure.wantsJSON = true
            estimate.add(schema.span)
        }
    }

    private func survey(_ part: ContentPart, _ structure: inout PromptStructure, _ estimate: inout TokenEstimate) {
        switch part {
        case .text(let text), .thinking(let text, _), .refusal(let text): estimate.add(text.utf8.span)
        case .image(let source):
            structure.images += 1
            estimate.add(tokens: Self.tokens(of: source))
        case .toolCall(let call):
            structure.hasToolTurns = true
            estimate.add(call.name.utf8.span)
            estimate.add(call.arguments.utf8.span)
        case .toolResult(let result):
            structure.hasToolTurns = true
            for part in result.content {
                if case .text(let text) = part { structure.documentBytes += text.utf8.count }
                survey(part, &structure, &estimate)
            }
        case .other(let type, let json): estimate.add(json.span, of: type == "input_audio" ? .sound : .pages)
        }
    }

    /// OpenAI's tiles: 85 tokens at low detail, else 765, a picture of 1024 by 1024.
    private static func tokens(of image: ImageSource) -> Int {
        switch image {
        case .url(_, let detail), .base64(_, _, let detail): detail == "low" ? 85 : 765
        }
    }
}
