import Assets
import Embedding
import Testing

@Suite struct TokenEmbeddingTests {
    let embedding: TokenEmbedding

    init() throws { embedding = try #require(TokenEmbedding.shipped) }

    private func vector(_ text: String, _ weighting: TokenEmbedding.Weighting = .similarity) -> [Float] {
        embedding.vector(of: WordPiece.shipped.encode(text), for: weighting)
    }

    private func cosine(_ left: String, _ right: String) -> Float {
        zip(vector(left), vector(right)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    @Test func `a text becomes a unit vector, and nothing becomes zeros`() {
        let length = vector("How do I bake bread?", .classification).reduce(0) { $0 + $1 * $1 }
        #expect(abs(length - 1) < 1e-5)
        #expect(vector("") == Array(repeating: 0, count: TokenEmbedding.dimensions))
        #expect(vector("[MASK]").allSatisfy { $0 == 0 })
    }

    @Test func `similar sentences are nearer than others`() {
        let same = cosine("The cat sat on the sofa", "A kitten rests on the couch")
        #expect(same > 0.5)
        #expect(same > cosine("The cat sat on the sofa", "Compute the integral of a polynomial") + 0.3)
    }

    @Test func `an asset of another kind is refused`() {
        #expect(TokenEmbedding(.wordpieceVocabulary) == nil)
        #expect(LinearHead(.wordpieceVocabulary, denseFeatures: 3) == nil)
    }
}
