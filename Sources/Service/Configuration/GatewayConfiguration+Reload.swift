extension GatewayConfiguration {
    /// What a running gateway makes of this configuration: all of it but for what only a new process takes over.
    ///
    /// `deferred` names those settings if they differ: the listening address and its limits, times, data and log.
    package func reloaded(
        over running: GatewayConfiguration
    ) -> (configuration: GatewayConfiguration, deferred: [String]) {
        var configuration = self
        configuration.listen = running.listen
        configuration.listen.hosts = listen.hosts
        configuration.listen.origins = listen.origins
        configuration.dataFolder = running.dataFolder
        configuration.journalSync = running.journalSync
        configuration.logLevel = running.logLevel
        configuration.grace = running.grace
        configuration.timeouts = running.timeouts
        let differences = [
            ("listen.address", listen.authority != running.listen.authority),
            ("listen.max_body", listen.maxBody != running.listen.maxBody),
            ("listen.max_connections", listen.maxConnections != running.listen.maxConnections),
            ("limits", listen.timeouts != running.listen.timeouts), ("timeouts", timeouts != running.timeouts),
            ("grace", grace != running.grace), ("data", dataFolder != running.dataFolder),
            ("journal.sync", journalSync != running.journalSync), ("log", logLevel != running.logLevel),
        ]
        return (configuration, differences.filter(\.1).map(\.0))
    }
}
