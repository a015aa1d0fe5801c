internal import Admission
internal import Catalog
internal import Dialogue
internal import Digests
internal import Routing
internal import Settings
internal import YAML

/// Mistakes in a configuration, each as `file:line:column: path: what; remedy`.
package struct ConfigurationError: Error, Hashable, Sendable {
    package let lines: [String]
}

/// Reads `farthing.yaml`, or what stands in for it, into a checked configuration.
package struct ConfigurationReader: Sendable {
    let environment: [String: String]
    let catalog: CatalogSource

    package init(environment: [String: String], catalog: CatalogSource) {
        self.environment = environment
        self.catalog = catalog
    }

    /// What the command line says; it wins over the file.
    package struct Overrides: Hashable, Sendable {
        package var listen: String?
        package var dataFolder: String?
        package init(listen: String? = nil, dataFolder: String? = nil) {
            self.listen = listen
            self.dataFolder = dataFolder
        }
    }

    /// Reads the file, or `farthing.yaml` in the current folder if it is there, or the environment alone.
    ///
    /// - Throws: every mistake, not only the first.
    package func read(
        file: String?, overrides: Overrides = Overrides()
    ) throws(ConfigurationError) -> GatewayConfiguration {
        let path = file ?? "farthing.yaml"
        let bytes: [UInt8]
        do throws(TextFile.Failure) {
            bytes = try TextFile.read(path, limit: YAMLParser.maxBytes)
        } catch .missing where file == nil {
            return try read([], name: path, overrides: overrides)
        } catch {
            let reason =
                switch error {
                case .missing: "there is no such file; name another with --config"
                case .unreadable(let reason): "cannot be read: \(reason); name a file with --config"
                case .tooLong: "is longer than 1 MiB"
                }
            throw ConfigurationError(lines: ["\(path): \(reason)"])
        }
        return try read(bytes, name: path, overrides: overrides)
    }

    /// Reads a text; `name` stands before each mistake.
    ///
    /// - Throws: every mistake, not only the first.
    package func read(
        _ text: [UInt8], name: String, overrides: Overrides = Overrides()
    ) throws(ConfigurationError) -> GatewayConfiguration {
        let log = MistakeLog()
        var configuration = GatewayConfiguration()
        configuration.catalog = catalog
        do throws(YAMLError) {
            let start = YAMLPosition(line: 1, column: 1)
            let node = try YAMLParser.parse(text) ?? YAMLNode(content: .mapping([]), position: start)
            let root = Setting(node: node, log: log)
            if let fields = root.fields(Self.names) { read(fields, root: root, into: &configuration, overrides) }
        } catch {
            log.add(SettingMistake(position: error.position, path: "", message: error.reason))
        }
        guard log.mistakes.isEmpty else {
            throw ConfigurationError(lines: log.inOrder.map { $0.position == nil ? "\($0)" : "\(name):\($0)" })
        }
        return configuration
    }

    static let names = [
        "providers", "models", "routes", "keys", "listen", "limits", "timeouts", "grace", "data", "retain", "journal",
        "log", "predictor", "certificate",
    ]

    private func read(
        _ fields: [String: Setting], root: Setting, into configuration: inout GatewayConfiguration,
        _ overrides: Overrides
    ) {
        let offered = readProviders(fields["providers"], root: root, into: &configuration)
        readModels(fields["models"], offered: offered, into: &configuration)
        readRoutes(fields["routes"], into: &configuration)
        readKeys(fields["keys"], into: &configuration)
        readListen(fields["listen"], into: &configuration)
        readTimes(fields, into: &configuration)
        if let address = overrides.listen, !configuration.listen.take(address: address) {
            root.mistake(
                outsideTheFile: "--listen or FARTHING_LISTEN",
                "should be HOST:PORT, such as 127.0.0.1:4141, not '\(address)'")
        }
        refuseOwnAddress(fields["providers"], root: root, configuration)
        if let folder = overrides.dataFolder ?? fields["data"]?.text() { configuration.dataFolder = folder }
        if let journal = fields["journal"]?.fields(["sync"]), let sync = journal["sync"]?.flag() {
            configuration.journalSync = sync
        }
        configuration.retention = fields["retain"]?.days(in: 1...36_500)
        configuration.predictor = fields["predictor"]?.text()
        configuration.certificate = fields["certificate"]?.text()
        if let certificate = fields["certificate"], configuration.predictor == nil {
            certificate.mistake("says nothing without the predictor that it is about; name it under 'predictor'")
        }
        if let level = fields["log"]?.word(of: ["debug", "info", "warning", "error"]) {
            configuration.logLevel = level
        }
        if !configuration.listen.isLoopback, configuration.keys.isEmpty {
            let mistake =
                "without keys only this machine may call, yet \(configuration.listen.host) is no loopback address; "
                + "add 'keys:' or listen on 127.0.0.1"
            if overrides.listen != nil {
                root.mistake(outsideTheFile: "--listen or FARTHING_LISTEN", mistake)
            } else {
                (fields["listen"] ?? root).mistake(mistake)
            }
        }
    }

    private func readKeys(_ setting: Setting?, into configuration: inout GatewayConfiguration) {
        for key in setting?.elements() ?? [] {
            guard let fields = key.fields(["name", "sha256", "routes"]) else { continue }
            guard let name = fields["name"]?.text(), let text = fields["sha256"]?.text() else {
                key.mistake("needs 'name' and 'sha256'; make it with: printf %s KEY | sha256sum")
                continue
            }
            guard let digest = SHA256Digest(hexadecimal: text) else {
                fields["sha256"]?.mistake("should be 64 hexadecimal digits; make them with: printf %s KEY | sha256sum")
                continue
            }
            let routes = fields["routes"]?.texts()
            for route in routes ?? [] where configuration.routes[RouteName(route)] == nil {
                fields["routes"]?.mistake(unknown("route", route, among: configuration.routes.keys.map(\.text)))
            }
            configuration.keys.append(
                AccessKey(name: CallerName(name), digest: digest, routes: routes.map { Set($0.map(RouteName.init)) }))
        }
    }

    private func readListen(_ setting: Setting?, into configuration: inout GatewayConfiguration) {
        guard let setting else { return }
        let known = ["address", "max_body", "max_connections", "hosts", "origins"]
        var fields = ["address": setting]
        if case .mapping = setting.node.content { fields = setting.fields(known) ?? [:] }
        if let address = fields["address"]?.text(), !configuration.listen.take(address: address) {
            setting.mistake("should be HOST:PORT, such as 127.0.0.1:4141, not '\(address)'")
        }
        if let size = fields["max_body"]?.bytes(in: 1024...1_000_000_000) { configuration.listen.maxBody = size }
        if let count = fields["max_connections"]?.integer(in: 1...1_000_000) {
            configuration.listen.maxConnections = count
        }
        configuration.listen.hosts = fields["hosts"]?.texts() ?? []
        configuration.listen.origins = fields["origins"]?.texts() ?? []
    }

    func unknown(_ kind: String, _ name: String, among names: [String]) -> String {
        let meant = Suggestion.nearest(to: name, among: names.sorted()).map { "did you mean '\($0)'?" }
        return "there is no \(kind) '\(name)'; \(meant ?? "known: \(names.sorted().joined(separator: ", "))")"
    }
}
