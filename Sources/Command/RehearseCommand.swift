internal import Arguments
internal import Configuration
internal import EventLoops
internal import HTTPServer
internal import Rehearsal

extension Subcommand {
    static let rehearse: Subcommand = Subcommand(
        "rehearse", summary: "Serves simulated or recorded models over HTTP in both formats.",
        details: """
            Without --recordings, simulated models try small tasks: arithmetic, extraction, classification, JSON, code,
            translation, summaries, tool calls. With it, recorded answers of real models are found by the last user turn
            and the tools. The lines of a farthing.yaml that puts a gateway in front are printed at the start.

            Faults: \(Fault.names); a request may ask for one by the header x-rehearsal-fault.
            """,
        options: RehearseOptions.all
    ) { invocation throws(CommandFailure) in
        var address = ListenSettings()
        address.port = 4242
        if let listen = invocation[.listen], !address.take(address: listen) {
            throw .usage("--listen takes HOST:PORT, such as 127.0.0.1:4242, not '\(listen)'")
        }
        let backend = try RehearseOptions.backend(invocation)
        let place = "\(address.host.contains(":") ? "[\(address.host)]" : address.host)"
        if invocation.has(RehearseOptions.printConfiguration) {
            print(RehearsalConfiguration.text(for: backend, address: "\(place):\(address.port)"), terminator: "")
            return
        }
        let settings = try RehearseOptions.settings(invocation)
        do {
            let provider = try await RehearsalProvider.start(
                backend, settings: settings, host: address.host, port: UInt16(clamping: address.port),
                loops: try EventLoopGroup())
            let bound = "\(place):\(provider.listener.port)"
            StandardError.write("farthing rehearse: \(provider.models.count) models on http://\(bound)/v1")
            StandardError.write(RehearsalConfiguration.text(for: backend, address: bound))
        } catch {
            throw .failed("\(error)")
        }
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    }
}

/// What `farthing rehearse` can be told.
private enum RehearseOptions {
    static let recordings = Option.values("recordings", "FILE", "Recorded answers, *.jsonl or *.jsonl.gz.")
    static let tokens = Option.values("tokens", "FILE", "Counted tokens of the recordings.")
    static let prices = Option.value("prices", "FILE", "Prices by model; models without one are left out.")
    static let models = Option.value("models", "A,B,C", "Only these recorded models.")
    static let seed = Option.value("seed", "N", "Of simulated skill and random faults; 0 by default.")
    static let latency = Option.value("latency", "MS", "Milliseconds before each answer; none by default.")
    static let faults = Option.value("faults", "A,B,C", "Faults that strike at random.")
    static let probability = Option.value("fault-percent", "N", "Of requests with a fault, in percent; 10 by default.")
    static let printConfiguration = Option.flag("print-config", "Prints the lines for farthing.yaml and ends.")

    static let all: [Option] = [
        .listen, recordings, tokens, prices, models, seed, latency, faults, probability, printConfiguration,
    ]

    static func backend(_ invocation: Invocation) throws(CommandFailure) -> RehearsalBackend {
        let paths = invocation.all(recordings)
        guard !paths.isEmpty else {
            for option in [tokens, prices, models] where invocation.has(option) {
                throw .usage("--\(option.name) belongs to --recordings FILE, which is missing")
            }
            return .simulated(seed: UInt64(try invocation.integer(seed) ?? 0))
        }
        do {
            return .recorded(
                try RecordedAnswers(
                    paths: paths, tokens: invocation.all(tokens), prices: invocation[prices],
                    models: invocation[models].map(list)))
        } catch {
            throw .failed("\(error)")
        }
    }

    static func settings(_ invocation: Invocation) throws(CommandFailure) -> RehearsalSettings {
        var plan: [Fault] = []
        for name in invocation[faults].map(list) ?? [] {
            guard let fault = Fault(name) else { throw .usage("--faults takes \(Fault.names), not '\(name)'") }
            plan.append(fault)
        }
        let percent = try invocation.integer(probability, in: 0...100) ?? 10
        return RehearsalSettings(
            latency: try invocation.integer(latency, in: 0...600_000) ?? 0,
            faults: FaultPlan(
                plan, probability: Double(percent) / 100, seed: UInt64(try invocation.integer(seed) ?? 0)))
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
}
