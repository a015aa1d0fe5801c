internal import Arguments
internal import Catalog
internal import Configuration
internal import Dialogue
internal import EventLoops
internal import HTTPServer
internal import Lifecycle
internal import Rehearsal

extension Subcommand {
    static let rehearse: Subcommand = Subcommand(
        "rehearse", summary: "Serves simulated or recorded models over HTTP in both formats.",
        details: """
            Without --recordings, simulated models try small tasks: arithmetic, extraction, classification, JSON, code,
            translation, summaries, tool calls. With it, recorded answers of real models are found by the last user turn
            and the tools. --print-config prints a farthing.yaml that puts a gateway in front.

            Faults: \(Fault.names);
            a request may ask for one by the header x-rehearsal-fault.

            A rehearsal needs neither configuration nor data folder: --config and --data are taken and left aside.
            """,
        options: RehearseOptions.all
    ) { invocation throws(CommandFailure) in
        var address = ListenSettings()
        address.port = 4242
        if let listen = invocation[.listen], !address.take(address: listen) {
            throw .usage("--listen takes HOST:PORT, such as 127.0.0.1:4242, not '\(listen)'")
        }
        let settings = try RehearseOptions.settings(invocation)
        let backend = try RehearseOptions.backend(invocation)
        let place = "\(address.host.contains(":") ? "[\(address.host)]" : address.host)"
        if invocation.has(RehearseOptions.printConfiguration) {
            print(RehearsalConfiguration.text(for: backend, address: "\(place):\(address.port)"), terminator: "")
            return
        }
        TerminationSignal.prepare()
        let provider: RehearsalProvider
        do {
            provider = try await RehearsalProvider.start(
                backend, settings: settings, host: address.host, port: UInt16(clamping: address.port),
                loops: try EventLoopGroup())
        } catch {
            throw .failed("\(error)")
        }
        StandardOutput.write(firstScreen(backend, address: "\(place):\(provider.listener.port)"))
        await TerminationSignal.wait()
        await provider.listener.drain(grace: .seconds(10))
    }

    /// Where the rehearsal is, what it serves, and a line to try it.
    private static func firstScreen(_ backend: RehearsalBackend, address: String) -> String {
        let url = "http://\(address)"
        var lines = ["Rehearsal listening on \(url)", "", "Models, in dollars for a million tokens:"]
        let width = backend.models.map(\.name.text.count).max() ?? 0
        for model in backend.models {
            let price = backend.spelledPrice(of: model).map { "$\($0.input) in, $\($0.output) out" } ?? "no price"
            let name = model.name.text
            lines.append("  \(name)\(String(repeating: " ", count: width - name.count))  \(price)")
        }
        lines += [
            "", "Try it:",
            "  curl \(url)/v1/chat/completions -H 'content-type: application/json' \\",
            "    -d '{\"model\": \"\(backend.models.first?.name.text ?? "")\", "
                + "\"messages\": [{\"role\": \"user\", \"content\": \"What is 17 + 25?\"}]}'",
        ]
        return lines.joined(separator: "\n")
    }
}

/// What `farthing rehearse` can be told.
private enum RehearseOptions {
    static let recordings = Option.values("recordings", "FILE", "Recorded answers, *.jsonl or *.jsonl.gz.")
    static let tokens = Option.values("tokens", "FILE", "Counted tokens of the recordings.")
    static let prices = Option.value("prices", "FILE", "Prices by model; models without one are left out.")
    static let models = Option.value("models", "A,B,C", "Only these recorded models.")
    static let seed = Option.value("seed", "N", "Of simulated skill and random faults; 0 by default.")
    static let latency = Option.value("latency", "TIME", "Before each answer, such as 30ms; none by default.")
    static let faults = Option.value("faults", "A,B,C", "Faults that strike at random, such as 429,slow=500ms.")
    static let probability = Option.value("fault-percent", "N", "Of requests with a fault, in percent; 10 by default.")
    static let printConfiguration = Option.flag("print-config", "Prints the lines for farthing.yaml and ends.")

    static let all: [Option] = [
        .config, .listen, .data, recordings, tokens, prices, models, seed, latency, faults, probability,
        printConfiguration,
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
            latency: try invocation.duration(latency, in: .zero ... .seconds(600)) ?? .zero,
            faults: FaultPlan(
                plan, probability: Double(percent) / 100, seed: UInt64(try invocation.integer(seed) ?? 0)))
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
}
