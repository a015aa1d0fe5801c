package import Dialogue
package import JSON

extension WireFormat {
    /// Whether this format can say how sure a model was of its tokens.
    package var hasTokenProbabilities: Bool { self == .openai }
}

extension Prompt {
    /// Whether the client itself asks how sure the model is of its tokens.
    package var asksForTokenProbabilities: Bool { extras.contains { $0.path == "logprobs" } }
}

extension JSONValue {
    /// The probabilities of a choice's tokens.
    var tokenProbabilities: [TokenProbability] {
        guard let tokens = self["logprobs"]?["content"]?.elements else { return [] }
        var found: [TokenProbability] = []
        for token in tokens {
            guard let text = token["token"]?.string, let probability = token["logprob"]?.double else { continue }
            found.append(
                TokenProbability(
                    text: text, logProbability: probability, runnerUp: token.runnerUp(to: text)))
        }
        return found
    }

    private func runnerUp(to text: String) -> Double? {
        var best: Double?
        guard let others = self["top_logprobs"]?.elements else { return nil }
        for other in others where other["token"]?.string != text {
            if let probability = other["logprob"]?.double { best = max(best ?? -.infinity, probability) }
        }
        return best
    }
}

extension JSONDocument {
    /// A whole answer, or a chunk of a stream, without the probabilities of its tokens: `null` stands in their place.
    package var withoutTokenProbabilities: [UInt8] {
        var splice = JSONSplice(self)
        if let choices = root["choices"]?.elements {
            for choice in choices {
                if let found = choice["logprobs"], !found.isNull { splice.replace(found, with: Array("null".utf8)) }
            }
        }
        return splice.apply()
    }
}
