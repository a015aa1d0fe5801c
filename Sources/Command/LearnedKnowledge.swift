internal import Arguments
internal import Gateway
internal import Ledger
internal import Prediction
internal import Storage

/// What a gateway that starts on a data folder would know, and how many outcomes there are.
struct LearnedKnowledge {
    /// Nil if there are too few outcomes to learn from.
    let knowledge: Knowledge?
    let outcomes: Int

    init(folder: String) async throws(CommandFailure) {
        do {
            guard let store = try SQLiteLedger.openForReading("\(folder)/ledger.sqlite") else {
                throw CommandFailure.failed("there is no ledger in \(folder): name the data folder with --data")
            }
            var reading = OutcomeReading()
            while case let outcomes = try await reading.next(from: store), !outcomes.isEmpty { reading.take(outcomes) }
            outcomes = reading.count
            knowledge = try reading.takeDue()?.knowledge()
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw .failed("\(error)")
        }
    }
}
