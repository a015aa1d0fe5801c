internal import Embedding

/// Topics nearest to a place in the classification embedding: names for kinds of prompts, which take no text from a prompt.
package enum TopicWords {
    /// The topics nearest to a direction, the nearest first.
    package static func nearest(to direction: [Float], count: Int) -> [String] {
        let scores = vectors.map { vector in zip(vector, direction).reduce(Float(0)) { $0 + $1.0 * $1.1 } }
        return scores.indices.sorted { scores[$0] > scores[$1] }.prefix(count).map { words[$0] }
    }

    private static let vectors: [[Float]] = words.map { word in
        TokenEmbedding.shipped?.vector(of: WordPiece.shipped.encode(word), for: .classification) ?? []
    }

    private static let words =
        """
        algebra arithmetic calculus geometry probability statistics trigonometry equations fractions percentages proofs sequences \
        logic sets graphs matrices physics mechanics electricity circuits optics waves thermodynamics temperature energy forces velocity \
        gravity magnetism chemistry molecules reactions acids solutions gases metals biology cells genes evolution ecology plants \
        animals anatomy organs diseases medicine drugs nutrition health psychology behaviour memory emotions therapy philosophy \
        ethics religion history war empire politics government elections law contracts crime courts rights evidence economics \
        markets prices supply inflation trade taxes banking loans interest investment stocks insurance accounting budgets \
        business management marketing advertising employees salaries sales customers refunds orders shipping payments invoices \
        subscriptions passwords accounts complaints support engineering materials machines bridges pressure fluids heat chemicals \
        computers networks security databases algorithms programming python javascript functions strings lists arrays loops \
        recursion sorting classes testing debugging compilers sql queries spreadsheets websites html servers linux files json \
        schemas interfaces calendars events meetings emails letters essays stories poems songs dialogue characters novels films music \
        paintings art translation spanish french german chinese grammar vocabulary spelling rewriting summaries headlines articles \
        news reviews sentiment opinions classification categories labels extraction names dates addresses numbers tables quotes \
        instructions recipes cooking food restaurants wine travel flights hotels cities countries geography maps weather climate \
        space planets astronomy sports football games chess puzzles riddles cars driving trains houses furniture cleaning gardening \
        clothes fashion family children parents marriage friendship dating school teachers exams students university careers interviews \
        hobbies jokes greetings thanks advice time clocks ages distances lengths areas volumes weights speeds units conversion money \
        dollars discounts profits ratios averages counting primes digits angles circles triangles
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
