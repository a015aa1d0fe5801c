internal import Arguments
internal import Configuration
internal import Dialogue
internal import Features
internal import Gateway
internal import Rehearsal
internal import TaskClasses
internal import WireFormats

extension Subcommand {
    static let explain: Subcommand = Subcommand(
        "explain", summary: "Shows which model would answer a prompt, with all candidates, estimates and reasons.",
        details: """
            Nothing is sent anywhere. Without any provider the rehearsal models are the candidates. With --data it knows what
            a gateway has learned from the outcomes in that folder, if the configuration names no predictor.
            """,
        options: [.config, .data, .json, model, answer], operand: Operand("PROMPT", "The text of one user turn.")
    ) { invocation throws(CommandFailure) in
        var configuration = try invocation.configuration()
        if configuration.providers.isEmpty {
            configuration = try invocation.rehearsal(.simulated(seed: 0), address: "127.0.0.1:4242", configuration)
        }
        let snapshot = GatewaySnapshot(
            configuration: configuration, knowledge: try await knowledge(configuration, data: invocation[.data]))
        let extractor = FeatureExtractor()
        let decider = Decider(extractor: extractor, classifier: .shipped)
        let prompt = Prompt(
            model: invocation[model] ?? "auto",
            messages: [Message(role: .user, text: invocation.operands.joined(separator: " "))])
        let decision: Decision
        do throws(APIFailure) {
            decision = try decider.decide(prompt, from: .openai, pinned: false, snapshot: snapshot)
        } catch {
            throw .failed(error.message)
        }
        let explanation = Explanation(decision: decision, of: prompt, answer: invocation[answer], with: extractor)
        print(invocation.has(.json) ? String(decoding: explanation.json, as: UTF8.self) : explanation.text)
    }

    /// What the configuration's files say, else what was learned in the data folder that is named.
    private static func knowledge(
        _ configuration: GatewayConfiguration, data: String?
    ) async throws(CommandFailure) -> Knowledge? {
        if let known = try configuration.knowledge() { return known }
        guard let data else { return nil }
        return try await LearnedKnowledge(folder: data).knowledge
    }

    private static let answer = Option.value(
        "answer", "TEXT", "An answer of the first candidate, to be looked at as the gateway would.")
    private static let model = Option.value("model", "NAME", "The route or model to ask for; auto by default.")
}

extension Invocation {
    /// The configuration of a gateway in front of rehearsal providers only; what `own` says of all else stays.
    func rehearsal(
        _ backend: RehearsalBackend, address: String, _ own: GatewayConfiguration
    ) throws(CommandFailure) -> GatewayConfiguration {
        let text = RehearsalConfiguration.text(for: backend, address: address)
        let reader = ConfigurationReader(environment: [:], catalog: .linked)
        do throws(ConfigurationError) {
            return own.before(try reader.read(Array(text.utf8), name: "rehearsal"))
        } catch {
            throw .configuration(error.lines)
        }
    }
}
