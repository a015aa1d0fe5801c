internal import Dialogue
internal import JSON

/// What a caller says of an answer.
struct Feedback {
    let exchange: ExchangeID
    /// From 0, wrong, to 1, right.
    let score: Double

    /// Reads `{"id", …}` with one of `correct` (true or false), `score` (0 to 1), `rating` ("up", "down", 1 or -1) and
    /// `corrected` (a better text, which says that the answer was wrong and is not kept).
    ///
    /// - Throws: what is wrong with it.
    init(_ body: [UInt8], parser: JSONParser) throws(APIFailure) {
        let json: JSONValue
        do {
            json = try parser.parse(body).root
        } catch {
            throw APIFailure(.invalidRequest, status: 400, message: error.description)
        }
        guard let id = json["id"]?.string, !id.isEmpty else {
            throw Self.wrong("needs \"id\": the x-farthing-id field of the response it is about", "id")
        }
        exchange = ExchangeID(id)
        if let value = json["correct"] {
            guard let correct = value.bool else { throw Self.wrong("should be true or false", "correct") }
            score = correct ? 1 : 0
        } else if let value = json["score"] {
            guard let number = value.double, (0...1).contains(number) else {
                throw Self.wrong("should be a number from 0 to 1", "score")
            }
            score = number
        } else if let value = json["rating"] {
            switch (value.string, value.double) {
            case ("up", _), (_, 1): score = 1
            case ("down", _), (_, -1): score = 0
            default: throw Self.wrong("should be \"up\" or \"down\", 1 or -1", "rating")
            }
        } else if json["corrected"]?.string != nil {
            score = 0
        } else {
            throw Self.wrong("needs one of \"correct\", \"score\", \"rating\" and \"corrected\"", nil)
        }
    }

    private static func wrong(_ reason: String, _ field: String?) -> APIFailure {
        APIFailure(
            .invalidRequest, status: 400, message: field.map { "\"\($0)\" \(reason)" } ?? "feedback \(reason)",
            parameter: field)
    }
}
