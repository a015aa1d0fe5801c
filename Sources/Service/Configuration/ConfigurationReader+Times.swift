internal import Settings

extension ConfigurationReader {
    /// The time-outs towards providers and clients, and the grace of a drain.
    func readTimes(_ fields: [String: Setting], into configuration: inout GatewayConfiguration) {
        Self.read(
            fields["timeouts"],
            [
                ("connect", \.connect), ("first_byte", \.firstByte), ("idle", \.idle), ("total", \.total),
            ], into: &configuration.timeouts)
        Self.read(
            fields["limits"], [("header", \.header), ("body", \.body), ("idle", \.idle), ("write", \.write)],
            into: &configuration.listen.timeouts)
        if let grace = fields["grace"]?.duration(in: .zero ... .seconds(3600)) { configuration.grace = grace }
    }

    private static func read<Times>(
        _ setting: Setting?, _ names: [(String, WritableKeyPath<Times, Duration>)], into times: inout Times
    ) {
        guard let fields = setting?.fields(names.map(\.0)) else { return }
        for (name, path) in names {
            if let time = fields[name]?.duration(in: .milliseconds(1) ... .seconds(86_400)) {
                times[keyPath: path] = time
            }
        }
    }
}
