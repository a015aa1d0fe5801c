internal import JSON
internal import Prediction

extension Resemblance {
    /// A sentence for people.
    var words: String {
        let named = failures.prefix(3).map(\.id).joined(separator: ", ")
        return "looks like \(failures.count) of its last failures, of \(of) answers that are most similar: \(named)"
    }

    /// Writes the members of an object.
    func write(to json: inout JSONWriter) {
        json.member("failures", failures.count)
        json.member("of", of)
        json.member("difference", difference)
        json.member(
            "nearest_failures",
            array: { json in
                for failure in failures {
                    json.object { json in
                        json.member("id", failure.id)
                        json.member("similarity", failure.similarity)
                    }
                }
            })
    }
}
