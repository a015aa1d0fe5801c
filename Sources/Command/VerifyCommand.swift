internal import Arguments
internal import Recordings

extension Subcommand {
    static let verify: Subcommand = Subcommand(
        "verify", summary: "Says for each answer of standard input how likely it is right, and why.",
        details: """
            Reads JSON lines {"id", "prompt", "response"}, where "response" is text or a list of tool calls (OpenAI's
            "tool_calls", Anthropic's "tool_use" blocks, or {NAME: ARGUMENTS}), or one message. A conversation may stand in
            "messages" instead of "prompt". "tools" (OpenAI's, Anthropic's, or {"name", "description", "parameters"}; one or a
            list), "schema" (the JSON Schema asked for), "task" (a task class, such as maths; other names are passed over) and
            "finish" (such as "length") are taken into account where they stand. Writes, in the same order, {"id", "accept",
            "score", "evidence": [{"check", "verdict", "strength", "reason"}]}: score is the probability that the answer is
            right, accept is true from --floor on.

            A recorded row, {"id", "prompt", "outcomes": {MODEL: {"response", ...}}}, has an answer of each of several models: one
            line is written for each, with its "model", in the order of the row. What else a row records (scores, references) is
            not read. With --predictor it goes by what farthing train learned from answers, of the "model" that a line names
            where it knows that.
            """,
        options: [floor, .predictor]
    ) { invocation throws(CommandFailure) in
        let verifier = AnswerVerifier(
            floor: try invocation.floor(floor) ?? 0.6, learned: try invocation.predictorContents(.predictor))
        do throws(RecordingsError) {
            try RecordingLines.read("/dev/stdin") { row in
                do throws(UnverifiableLine) {
                    let read = try VerifiableLine(row)
                    for answer in read.answers { print(verifier.line(on: answer, in: read)) }
                    return nil
                } catch {
                    return error.description
                }
            }
        } catch {
            throw .failed("\(error)")
        }
    }

    private static let floor = Option.value(
        "floor", "P", "The least probability of an answer to accept; 0.6 by default.")
}

extension Invocation {
    fileprivate func floor(_ option: Option) throws(CommandFailure) -> Double? {
        guard let text = self[option] else { return nil }
        guard let floor = Double(text), (0...1).contains(floor) else {
            throw .usage("--floor takes a probability from 0 to 1, not '\(text)'")
        }
        return floor
    }
}
