package import Dialogue
package import Digests
package import HTTPMessages

/// A key that may call: known by its digest only.
package struct AccessKey: Hashable, Sendable {
    package let name: CallerName
    package let digest: SHA256Digest
    /// The routes it may use; nil for all of them.
    package let routes: Set<RouteName>?

    package init(name: CallerName, digest: SHA256Digest, routes: Set<RouteName>? = nil) {
        self.name = name
        self.digest = digest
        self.routes = routes
    }
}

/// Who was let in, and what for.
package struct Caller: Hashable, Sendable {
    package let name: CallerName
    /// The routes it may use; nil for all of them, and for pinned models.
    package let routes: Set<RouteName>?

    /// Whether it may use a route, or with nil a pinned model.
    ///
    /// - Throws: ``AdmissionError/routeNotAllowed`` if not.
    package func require(_ route: RouteName?) throws(AdmissionError) {
        guard let routes else { return }
        guard let route, routes.contains(route) else { throw .routeNotAllowed }
    }
}

/// Why a request was not let in; no case holds anything the client sent.
package enum AdmissionError: Error, Hashable, Sendable {
    case keyMissing, keyUnknown, notLoopback, foreignHost, foreignOrigin, routeNotAllowed

    /// 401 where another key would help, else 403.
    package var status: Int {
        switch self {
        case .keyMissing, .keyUnknown: 401
        case .notLoopback, .foreignHost, .foreignOrigin, .routeNotAllowed: 403
        }
    }

    /// A sentence for the client, with its remedy.
    package var message: String {
        switch self {
        case .keyMissing: "A key is missing: send 'Authorization: Bearer KEY' or 'x-api-key: KEY'."
        case .keyUnknown: "The key is not known here: use one whose sha256 is listed under 'keys' in farthing.yaml."
        case .notLoopback:
            "Without keys only this machine may call, not another and not one behind a proxy: list keys in farthing.yaml."
        case .foreignHost: "The Host header names another machine: add the name under 'listen.hosts' in farthing.yaml."
        case .foreignOrigin: "Web pages of this origin may not call: add it under 'listen.origins' in farthing.yaml."
        case .routeNotAllowed: "This key may not use that route or model: ask for one of its routes."
        }
    }

    /// The failure in the words of the APIs.
    package var failure: APIFailure {
        APIFailure(status == 401 ? .authentication : .permission, status: status, message: message)
    }
}

/// The gate: who may call, from where, under which name.
///
/// A page on the web can make a browser send requests to a local gateway, and can rebind its own name to 127.0.0.1; so
/// `Host` and `Origin` are checked before any key (RFC 6454; CWE-350).
package struct Access: Sendable {
    private let keys: [AccessKey]
    private let listensOnLoopback: Bool
    private let hosts: Set<String>
    private let origins: Set<String>

    /// Creates a gate.
    ///
    /// `hosts` are names beside the loopback ones by which the gateway is called, without port; `origins` are web origins
    /// that may call, such as `https://app.example.com`.
    package init(keys: [AccessKey], listensOnLoopback: Bool, hosts: [String] = [], origins: [String] = []) {
        self.keys = keys
        self.listensOnLoopback = listensOnLoopback
        self.hosts = Set(hosts.map { $0.lowercased() })
        self.origins = Set(origins.map { $0.lowercased() })
    }

    /// Lets a request in or not.
    ///
    /// - Throws: the reason, which holds nothing of what the client sent.
    package func admit(_ request: HTTPRequest) throws(AdmissionError) -> Caller {
        let host = request.fields["host"].map(LoopbackNames.hostWithoutPort)
        if listensOnLoopback || keys.isEmpty {
            guard let host, LoopbackNames.contains(host) || hosts.contains(host) else { throw .foreignHost }
        }
        if let origin = request.fields["origin"]?.lowercased() { try check(origin, host: host) }
        guard !keys.isEmpty else {
            guard request.isFromLoopback, !Self.isForwarded(request.fields) else { throw .notLoopback }
            return Caller(name: .anonymous, routes: nil)
        }
        guard let key = Self.key(in: request.fields) else { throw .keyMissing }
        let digest = SHA256Digest(of: key)
        var found: AccessKey?
        for candidate in keys where candidate.digest.isEqualInConstantTime(to: digest) { found = candidate }
        guard let found else { throw .keyUnknown }
        return Caller(name: found.name, routes: found.routes)
    }

    private func check(_ origin: String, host: String?) throws(AdmissionError) {
        if origins.contains(origin) { return }
        let parts = origin.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0] == "http:" || parts[0] == "https:" else { throw .foreignOrigin }
        let name = LoopbackNames.hostWithoutPort(String(parts[1]))
        guard name == host || (listensOnLoopback && LoopbackNames.contains(name)) else { throw .foreignOrigin }
    }

    /// Whether a proxy on this machine says that it passes on what another sent (`X-Forwarded-For`; `Forwarded`, RFC 7239).
    private static func isForwarded(_ fields: HTTPFields) -> Bool {
        if fields["forwarded"] != nil { return true }
        let senders = fields["x-forwarded-for"]?.split(separator: ",") ?? []
        return senders.contains { !LoopbackNames.contains(LoopbackNames.hostWithoutPort($0.filter { $0 != " " })) }
    }

    private static func key(in fields: HTTPFields) -> String? {
        if let authorization = fields["authorization"] {
            let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            if parts.count == 2, parts[0].lowercased() == "bearer" { return String(parts[1]) }
        }
        return fields["x-api-key"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
