internal import Admission
internal import Dialogue
internal import Settings
internal import YAML

extension ConfigurationReader {
    /// Providers of the file; without any, those that the environment names.
    ///
    /// Returns the models that a provider shall offer, where the file lists them.
    func readProviders(
        _ setting: Setting?, root: Setting, into configuration: inout GatewayConfiguration
    ) -> [ProviderName: [Setting]] {
        guard let setting else {
            for known in KnownProvider.all {
                guard let settings = known.settings(in: environment) else { continue }
                configuration.providers[known.name] = settings
                guard let mistake = Self.mistake(inAddress: settings.baseURL, allowsHTTP: false) else { continue }
                root.mistake(
                    outsideTheFile: known.baseURLVariable ?? known.name.text, "\(mistake) for this provider in a file")
            }
            return [:]
        }
        var offered: [ProviderName: [Setting]] = [:]
        for (name, entry) in setting.entries("a mapping of provider names") ?? [] {
            guard let (settings, models) = provider(name, entry) else { continue }
            configuration.providers[settings.name] = settings
            offered[settings.name] = models
        }
        return offered
    }

    private func provider(_ name: String, _ setting: Setting) -> (ProviderSettings, models: [Setting]?)? {
        let known = KnownProvider.all.first { $0.name.text == name }
        let base = known?.settings(in: environment)
        var fields: [String: Setting] = [:]
        if !setting.node.isNull {
            guard let read = setting.fields(Self.providerNames) else { return nil }
            fields = read
        }
        let format = fields["format"].flatMap { $0.word(of: ["openai", "anthropic"]) } ?? known?.format ?? "openai"
        guard var address = fields["base_url"].map({ $0.text() }) ?? base?.baseURL ?? known?.baseURL else {
            setting.mistake("needs 'base_url', such as http://127.0.0.1:8000/v1")
            return nil
        }
        while address.hasSuffix("/") { address.removeLast() }
        let allowsHTTP = fields["allow_http"]?.flag() ?? false
        if let mistake = Self.mistake(inAddress: address, allowsHTTP: allowsHTTP) {
            if fields["base_url"] == nil, let variable = known?.baseURLVariable {
                setting.mistake("\(variable) of the environment: \(mistake)")
            } else {
                (fields["base_url"] ?? setting).mistake(mistake)
            }
        }
        var headers = base?.headers ?? [:]
        for (header, value) in fields["headers"]?.entries() ?? [] {
            headers[header] = value.secret(environment: environment)
        }
        let models = fields["models"]?.elements()
        let settings = ProviderSettings(
            name: ProviderName(name), format: format, baseURL: address, key: key(fields) ?? base?.key, headers: headers,
            models: models.map { names($0, at: ProviderName(name)) },
            tellsTokenProbabilities: tellsTokenProbabilities(fields["logprobs"], format: format))
        return (settings, models)
    }

    private func tellsTokenProbabilities(_ setting: Setting?, format: String) -> Bool {
        guard let setting, setting.flag() ?? false else { return false }
        if format != "openai" { setting.mistake("only providers of OpenAI's format tell them; leave it out") }
        return true
    }

    private func names(_ elements: [Setting], at provider: ProviderName) -> Set<ModelName> {
        Set(elements.compactMap { $0.text() }.map { ModelName(CatalogSource.bare($0, at: provider)) })
    }

    static let providerNames = ["format", "base_url", "key", "key_env", "headers", "allow_http", "models", "logprobs"]

    private func key(_ fields: [String: Setting]) -> Secret? {
        if let key = fields["key"] { return key.secret(environment: environment) }
        guard let setting = fields["key_env"], let name = setting.text() else { return nil }
        guard let value = environment[name], !value.isEmpty else {
            setting.mistake("the environment variable \(name) is not set; export it before the start")
            return nil
        }
        return Secret(value)
    }

    /// What is wrong with a base address: keys and prompts must not cross open networks in the clear.
    private static func mistake(inAddress address: String, allowsHTTP: Bool) -> String? {
        let isPlain = address.hasPrefix("http://")
        guard isPlain || address.hasPrefix("https://") else { return "should begin with https:// or http://" }
        let authority = address.dropFirst(isPlain ? 7 : 8).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty else { return "names no host" }
        guard !authority.contains("@") else { return "holds a user or password; use 'key' or 'headers'" }
        guard isPlain, !allowsHTTP, !isPrivate(LoopbackNames.hostWithoutPort(String(authority))) else { return nil }
        return "plain http beyond this machine and private addresses; use https:// or say allow_http: true"
    }

    /// Refuses providers that lead back to this gateway, where a request would go round until its time is over: whoever starts it
    /// where clients were told its address has it in the same variables.
    func refuseOwnAddress(_ setting: Setting?, root: Setting, _ configuration: GatewayConfiguration) {
        let listen = configuration.listen
        for provider in configuration.providersInOrder where Self.leads(provider.baseURL, to: listen) {
            let known = KnownProvider.all.first { $0.name == provider.name }
            let variable = known?.settings(in: environment)?.baseURL == provider.baseURL ? known?.baseURLVariable : nil
            let mistake = "\(provider.baseURL) is this gateway itself, which listens on \(listen.authority); "
            if let variable {
                root.mistake(outsideTheFile: variable, mistake + "unset it for the gateway, it is for its clients")
            } else {
                (setting ?? root).mistake(mistake + "give the address of '\(provider.name)'")
            }
        }
    }

    private static func leads(_ address: String, to listen: ListenSettings) -> Bool {
        let isPlain = address.hasPrefix("http://")
        let authority = String(address.dropFirst(isPlain ? 7 : 8).prefix { $0 != "/" })
        let host = LoopbackNames.hostWithoutPort(authority)
        let digits = authority.split(separator: ":").last.flatMap { Int($0) }
        let isHere = host == listen.host || LoopbackNames.contains(host) && (listen.isLoopback || listen.isWildcard)
        return isHere && listen.port == digits ?? (isPlain ? 80 : 443)
    }

    /// Loopback, or private by RFC 1918 or RFC 4193.
    private static func isPrivate(_ host: String) -> Bool {
        if LoopbackNames.contains(host) { return true }
        if host.contains(":") { return host.hasPrefix("fc") || host.hasPrefix("fd") }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4, !parts.contains(nil), let first = parts[0], let second = parts[1] else { return false }
        return first == 10 || first == 192 && second == 168 || first == 172 && (16...31).contains(second)
    }
}
