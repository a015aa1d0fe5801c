internal import Dialogue
internal import JSON
internal import JSONSchema
internal import Recordings

/// Why a line holds no answers to look at, and what to do.
enum UnverifiableLine: Error, Hashable, CustomStringConvertible {
    case noPrompt, noResponse, unreadableResponse(model: String?), noRecordedResponse
    case unreadableTools, unreadableSchema(String)

    var description: String {
        switch self {
        case .noPrompt:
            "an answer needs `prompt` as text, or `messages` as a list of {\"role\", \"content\"}"
        case .noResponse:
            "an answer needs `response` as text or a list of tool calls, or `outcomes` with one of each model"
        case .unreadableResponse(let model):
            "`response`\(model.map { " of \($0)" } ?? "") is neither text nor a list of tool calls such as "
                + "{\"name\": …, \"arguments\": {…}}"
        case .noRecordedResponse:
            "none of the `outcomes` has a `response`: record what the models answered, or leave the line out"
        case .unreadableTools:
            "`tools` needs definitions such as {\"name\": …, \"parameters\": {…}}, one or a list"
        case .unreadableSchema(let reason): "`schema` cannot be used: \(reason); leave it out or mend it"
        }
    }
}

/// A line of `farthing verify`: a prompt, and what one or several models answered.
struct VerifiableLine {
    struct Answer {
        /// The model that answered; nil where the line does not say.
        let model: String?
        let response: RecordedAnswer
    }

    /// As JSON.
    let id: [UInt8]
    let prompt: Prompt
    /// The task class that the line names, if it is one.
    let task: TaskClass?
    let finish: FinishReason
    let answers: [Answer]
    /// Whether the answers are those of a recorded row, so that only the model tells them apart.
    let isRecordedRow: Bool

    init(_ row: JSONValue) throws(UnverifiableLine) {
        guard var prompt = RecordedRequest.prompt(of: row) else { throw .noPrompt }
        prompt.outputFormat =
            try Self.schema(row["schema"]).map { schema in
                .schema(name: "answer", schema: schema, strict: false)
            } ?? prompt.outputFormat
        if prompt.tools.isEmpty, let tools = row["tools"], !tools.isNull, !tools.raw.elementsEqual("[]".utf8) {
            throw .unreadableTools
        }
        self.prompt = prompt
        id = row["id"].map { Array($0.raw) } ?? Array("null".utf8)
        task = row["task"]?.string.flatMap { TaskClass(rawValue: $0 == "math" ? "maths" : $0) }
        let cutOff = row["finish"].map { $0.equals("length") || $0.equals("max_tokens") } ?? false
        finish = cutOff ? .length : .stop
        if let response = row["response"] {
            guard let read = RecordedAnswer(response) else { throw .unreadableResponse(model: nil) }
            answers = [Answer(model: row["model"]?.string, response: read)]
            isRecordedRow = false
        } else if let outcomes = row["outcomes"]?.members {
            var found: [Answer] = []
            for outcome in outcomes {
                guard let response = outcome.value["response"] else { continue }
                guard let read = RecordedAnswer(response) else { throw .unreadableResponse(model: outcome.name) }
                found.append(Answer(model: outcome.name, response: read))
            }
            guard !found.isEmpty else { throw .noRecordedResponse }
            (answers, isRecordedRow) = (found, true)
        } else {
            throw .noResponse
        }
    }

    /// The bytes of a schema: as JSON, as JSON text, or as `response_format` has it.
    private static func schema(_ listed: JSONValue?) throws(UnverifiableLine) -> [UInt8]? {
        guard let listed, !listed.isNull else { return nil }
        let whole = listed["json_schema"] ?? listed
        let inner = whole["schema"].flatMap { $0.isObject ? $0 : nil } ?? whole
        let bytes = inner.string.map { Array($0.utf8) } ?? Array(inner.raw)
        do throws(SchemaError) { _ = try Schema(bytes) } catch { throw .unreadableSchema("\(error)") }
        return bytes
    }
}
