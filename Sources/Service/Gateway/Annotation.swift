internal import Dialogue
internal import HTTPMessages
internal import JSON
internal import Ledger

/// What a response says of its decision and of its cost, which stands in the record.
struct Annotation {
    let exchange: Exchange
    /// The request's fields that the answering provider's format has no place for, and that do not change what it says.
    let ignored: [String]

    /// The fields of a whole response.
    func add(_ record: ExchangeRecord, to fields: inout HTTPFields) {
        addDecision(record, to: &fields)
        fields.append("x-farthing-cost") { record.cost.write(to: &$0) }
        if let saving = record.saving { fields.append("x-farthing-saving") { saving.write(to: &$0) } }
    }

    /// The fields that are known before a stream begins: all but the money.
    func addDecision(_ record: ExchangeRecord, to fields: inout HTTPFields) {
        fields.append("x-farthing-id", record.id.text)
        if let model = record.deliveredModel { fields.append("x-farthing-model", model.text) }
        if let provider = record.deliveredProvider { fields.append("x-farthing-provider", provider.text) }
        fields.append("x-farthing-task", record.taskClass.rawValue)
        fields.append("x-farthing-overhead-us", String(record.overhead))
        fields.append("x-farthing-decision") { exchange.decision.write(to: &$0) }
        if let verdict = record.deliveredVerdict { fields.append("x-farthing-verdict", verdict.summary) }
        if record.isEscalated { fields.append("x-farthing-drafts", record.draftCost.description) }
        if !ignored.isEmpty { fields.append("x-farthing-ignored", ignored.joined(separator: ", ")) }
    }

    /// The comment that stands directly before a stream's end mark.
    func comment(_ record: ExchangeRecord) -> [UInt8] {
        var json = JSONWriter()
        var decision: [UInt8] = []
        exchange.decision.write(to: &decision)
        json.object { json in
            json.member("id", record.id.text)
            json.member("model", record.deliveredModel?.text)
            json.member("provider", record.deliveredProvider?.text)
            json.member("task", record.taskClass.rawValue)
            json.member("cost", record.cost.description)
            json.member("saving", record.saving?.description)
            json.member("estimated", record.attempts.contains { $0.usage.isEstimated })
            json.member("decision", String(decoding: decision, as: UTF8.self))
            json.member("verdict", record.deliveredVerdict?.summary)
            if record.isEscalated { json.member("drafts", record.draftCost.description) }
        }
        return Array(": farthing ".utf8) + json.bytes + Array("\n\n".utf8)
    }
}

extension ExchangeRecord {
    /// What checks made of the answer that is delivered.
    fileprivate var deliveredVerdict: VerdictRecord? {
        for index in attempts.indices where attempts[index].number == deliveredAttempt {
            return attempts[index].verdict
        }
        return nil
    }
}
