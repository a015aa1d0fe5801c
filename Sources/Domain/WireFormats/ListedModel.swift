import JSON

/// A model or route as `GET /v1/models` shows it.
package struct ListedModel: Hashable, Sendable {
    package let name: String
    package let owner: String
    /// Seconds since 1970; 0 if unknown.
    package let created: Int

    package init(name: String, owner: String, created: Int = 0) {
        self.name = name
        self.owner = owner
        self.created = created
    }
}

extension WireFormat {
    /// The body of `GET /v1/models`; Anthropic's dates are the epoch, its word for unknown.
    package func encodeModelList(_ models: [ListedModel]) -> [UInt8] {
        var writer = JSONWriter(capacity: 128 * (models.count + 1))
        writer.object { writer in
            if self == .openai { writer.member("object", "list") }
            writer.key("data")
            writer.array { writer in
                for model in models { writer.object { listed(model, &$0) } }
            }
            guard self == .anthropic else { return }
            writer.member("has_more", false)
            writer.key("first_id")
            if let first = models.first { writer.string(first.name) } else { writer.null() }
            writer.key("last_id")
            if let last = models.last { writer.string(last.name) } else { writer.null() }
        }
        return writer.bytes
    }

    /// The body of `GET /v1/models/NAME`.
    package func encodeModel(_ model: ListedModel) -> [UInt8] {
        var writer = JSONWriter(capacity: 128)
        writer.object { listed(model, &$0) }
        return writer.bytes
    }

    private func listed(_ model: ListedModel, _ writer: inout JSONWriter) {
        writer.member("id", model.name)
        if self == .openai {
            writer.member("object", "model")
            writer.member("created", model.created)
            writer.member("owned_by", model.owner)
        } else {
            writer.member("type", "model")
            writer.member("display_name", model.name)
            writer.member("created_at", "1970-01-01T00:00:00Z")
        }
    }
}
