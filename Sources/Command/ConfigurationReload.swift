internal import Arguments
internal import Configuration
internal import Gateway
internal import Lifecycle
internal import Telemetry

/// Reads the configuration again whenever the process is asked to (SIGHUP), and drops no request for it.
///
/// A configuration with mistakes is refused with each of them in the log, and the old one stays.
struct ConfigurationReload: Sendable {
    let state: GatewayState
    let log: Log
    /// Reads it as the start of the process did: the same file, flags and environment.
    let read: @Sendable () throws(CommandFailure) -> (GatewayConfiguration, Knowledge?)

    func run() async {
        for await _ in ReloadSignal.arrivals { reload() }
    }

    private func reload() {
        let next: GatewayConfiguration
        let knowledge: Knowledge?
        do throws(CommandFailure) {
            (next, knowledge) = try read()
        } catch {
            for line in error.lines { log.error("configuration refused", ["mistake": .text(line)]) }
            log.warning("configuration kept as it was")
            return
        }
        let (configuration, deferred) = next.reloaded(over: state.snapshot.configuration)
        state.update { before in
            // What was learned from outcomes stays where no file takes its place.
            let learned = before.configuration.predictor == nil ? before.knowledge : nil
            let known = configuration.predictor == nil ? learned : knowledge
            return GatewaySnapshot(configuration: configuration, knowledge: known, before: before)
        }
        for setting in deferred { log.warning("setting needs a restart", ["setting": .text(setting)]) }
        for warning in configuration.warnings { log.warning("configuration", ["warning": .text(warning)]) }
        log.info(
            "configuration reloaded",
            [
                "routes": .integer(Int64(configuration.routes.count)),
                "models": .integer(Int64(configuration.models.count)),
            ])
    }
}
