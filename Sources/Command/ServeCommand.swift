internal import Arguments
internal import BytePairs
internal import Configuration
internal import Dialogue
internal import EventLoops
internal import Features
internal import Gateway
internal import HTTPClient
internal import HTTPServer
internal import JSON
internal import Journal
internal import Ledger
internal import Lifecycle
internal import Providers
internal import Rehearsal
internal import Storage
internal import TaskClasses
internal import Telemetry
internal import Threads
internal import WireFormats

extension Subcommand {
    static let serve: Subcommand = Subcommand(
        "serve", summary: "Starts the gateway.",
        details: """
            Providers come from farthing.yaml, or from the environment: OPENAI_API_KEY, ANTHROPIC_API_KEY and others.
            With neither, rehearsal models answer, so that everything can be tried without an account.

            SIGTERM or SIGINT ends it after what is in flight; SIGHUP makes it read its configuration again.
            """,
        options: [.config, .listen, .data]
    ) { invocation throws(CommandFailure) in
        FreedMemory.returnsLargeBlocks()
        do {
            let assembly = try await ServeAssembly(invocation)
            guard try await assembly.run() else {
                throw CommandFailure.failed("the drain took longer than its grace: what was in flight was cut off")
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch LifecycleError.start(_, let cause) {
            throw .failed("\(cause)")
        } catch {
            throw .failed("\(error)")
        }
    }
}

/// Puts the parts of the gateway together and runs them.
private struct ServeAssembly {
    private let configuration: GatewayConfiguration
    private let isRehearsal: Bool
    private let loops: EventLoopGroup
    private let state: GatewayState
    private let journal: Journal
    private let store: SQLiteLedger
    private let log: Log
    private let reload: ConfigurationReload

    init(_ invocation: Invocation) async throws {
        let own = try invocation.configuration()
        ReloadSignal.prepare()
        log = Log(level: LogLevel(name: own.logLevel) ?? .info)
        loops = try EventLoopGroup()
        isRehearsal = own.providers.isEmpty
        let rehearsal = isRehearsal ? try await RehearsalProvider.start(loops: loops) : nil
        configuration = try invocation.complete(own, with: rehearsal)
        journal = try Journal.open(
            folder: configuration.dataFolder, settings: JournalSettings(waitsForSync: configuration.journalSync))
        store = try SQLiteLedger.open("\(configuration.dataFolder)/ledger.sqlite")
        state = GatewayState(
            snapshot: GatewaySnapshot(configuration: configuration, knowledge: try configuration.knowledge()),
            journal: journal, ledger: store,
            metrics: GatewayMetrics(registry: Registry()),
            timeouts: ClientTimeouts(configuration.timeouts))
        reload = ConfigurationReload(state: state, log: log) { () throws(CommandFailure) in
            let configuration = try invocation.complete(try invocation.configuration(), with: rehearsal)
            return (configuration, try configuration.knowledge())
        }
    }

    /// Runs until a signal ends it; false if something had to be cut off.
    func run() async throws -> Bool {
        let (log, state, configuration) = (log, state, configuration)
        let drain = LedgerDrain(journal, into: store) { log.warning("ledger", ["notice": .text("\($0)")]) }
        let now = WallClock.microseconds
        let today = try await LedgerReading.open(data: configuration.dataFolder)
            .spend(on: CalendarDay(microseconds: now))
        state.shadows.resume(today, at: now)
        state.habits.resume(try await store.outputs(ofLast: 20_000))
        let counter = TokenCounter(executor: BlockingExecutor(name: "tokens"))
        let listener = try await Listener.start(
            host: configuration.listen.host, port: UInt16(clamping: configuration.listen.port), loops: loops,
            settings: settings()
        ) { loop in
            let parser = JSONParser()
            let decider = Decider(extractor: FeatureExtractor(), classifier: .shipped)
            let upstream = Upstream(client: Client(loop: loop), parser: parser)
            let exchanges = ExchangeHandler(
                loop: loop, state: state, upstream: upstream, decider: decider, parser: parser, tokens: counter)
            return GatewayHandler(state: state, exchanges: exchanges, decider: decider, parser: parser)
        }
        StandardOutput.write(
            FirstScreen(configuration: configuration, port: listener.port, isRehearsal: isRehearsal).text)
        let learner = Learner(state: state, ledger: store, log: log)
        let learning = BlockingExecutor(name: "learner")
        let certificates = CertificateKeeping(state: state, ledger: store, log: log)
        let services = [
            Service.task("ledger drain") { await drain.run() },
            Service.task("learner") { await withTaskExecutorPreference(learning) { await learner.run() } },
            Service.task("certificates") { await certificates.run() },
            Service.task("retention") { await Retention(state: state, ledger: store, log: log).run() },
            Service("shadows", stop: { await state.shadows.close() }),
            Service.task("reload") { [reload] in await reload.run() },
            Service("listener", drain: { await listener.drain(grace: configuration.grace) }),
            Service("admission", drain: { state.startDraining() }),
        ]
        return try await ServiceGroup(services, grace: configuration.grace + .seconds(5), log: log)
            .run { await TerminationSignal.wait() }
    }

    private func settings() -> ListenerSettings {
        var settings = ListenerSettings()
        settings.maximumBodyBytes = configuration.listen.maxBody
        settings.maximumConnections = configuration.listen.maxConnections
        settings.headerTimeout = configuration.listen.timeouts.header
        settings.bodyTimeout = configuration.listen.timeouts.body
        settings.idleTimeout = configuration.listen.timeouts.idle
        settings.writeTimeout = configuration.listen.timeouts.write
        settings.makeError = { fault, target in
            let format: WireFormat = target.hasPrefix("/v1/messages") ? .anthropic : .openai
            let kind: APIFailure.Kind =
                switch fault.status {
                case 413: .requestTooLarge
                case 500: .internalError
                case 503: .overloaded
                default: .invalidRequest
                }
            return GatewayHandler.response(APIFailure(kind, status: fault.status, message: fault.message), format)
        }
        return settings
    }
}

extension Invocation {
    /// The configuration itself, or where it names no provider that of the rehearsal.
    fileprivate func complete(
        _ configuration: GatewayConfiguration, with rehearsal: RehearsalProvider?
    ) throws(CommandFailure) -> GatewayConfiguration {
        guard configuration.providers.isEmpty else { return configuration }
        guard let rehearsal else {
            throw .configuration(["no provider is left: add one, or restart for the rehearsal models"])
        }
        return try self.rehearsal(
            rehearsal.backend, address: "127.0.0.1:\(rehearsal.listener.port)", configuration)
    }
}

extension ClientTimeouts {
    /// The operator's time-outs.
    fileprivate init(_ timeouts: UpstreamTimeouts) {
        self.init()
        connect = timeouts.connect
        firstByte = timeouts.firstByte
        idle = timeouts.idle
        total = timeouts.total
    }
}
