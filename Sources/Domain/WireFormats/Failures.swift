package import Dialogue
package import HTTPMessages
package import JSON

extension WireFormat {
    /// What a provider's error means, whatever its body is.
    ///
    /// A refusal of the gateway's own credentials is told without the provider's words, which may quote the key.
    package func decodeFailure(
        status: Int, fields: HTTPFields, body: [UInt8], parser: JSONParser
    ) -> APIFailure {
        let root = (try? parser.parse(body))?.root
        var failure = APIFailure(provider: root, status: status)
        failure.retryAfter =
            fields["retry-after-ms"].flatMap(Double.init).map { $0 / 1000 }
            ?? fields["retry-after"].flatMap(Double.init)
        if let seconds = failure.retryAfter, !(0...86400).contains(seconds) { failure.retryAfter = nil }
        return failure
    }

    /// A failure as this format's SDKs expect it.
    package func encodeFailure(_ failure: APIFailure, requestID: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            if self == .anthropic { writer.member("type", "error") }
            writer.key("error")
            writer.object { writer in
                if self == .anthropic {
                    writer.member("type", failure.kind.messagesType)
                    writer.member("message", failure.message)
                } else {
                    writer.member("message", failure.message)
                    writer.member("type", failure.kind.chatType)
                    writer.key("param")
                    if let path = failure.parameter { writer.string(path) } else { writer.null() }
                    writer.key("code")
                    if let code = failure.code { writer.string(code) } else { writer.null() }
                }
            }
            if self == .anthropic && !requestID.isEmpty { writer.member("request_id", requestID) }
        }
        return writer.bytes
    }
}

extension APIFailure {
    /// Reads either format's error object, and those of providers that only resemble them.
    init(provider root: JSONValue?, status: Int) {
        let nested = root?["error"]
        let error = nested?.isObject == true ? nested : root
        let code = error?["code"]?.string
        let type = error?["type"]?.string
        var kind = Kind(status: status)
        if status < 400 { kind = Kind(type: type ?? code ?? "") }
        let words = [code, type]
        if words.contains("insufficient_quota") || words.contains("billing_error") { kind = .quotaExceeded }
        if words.contains("overloaded_error") { kind = .overloaded }
        let said = error?["message"]?.string ?? nested?.string ?? error?["detail"]?.string
        let isSecret = kind == .authentication || kind == .permission
        let message = isSecret || said == nil ? kind.sentence(status: status) : String((said ?? "").prefix(1000))
        self.init(
            kind, status: status < 400 ? kind.status : status, message: message,
            parameter: error?["param"]?.string, code: code)
    }
}

extension APIFailure.Kind {
    fileprivate init(status: Int) {
        switch status {
        case 401: self = .authentication
        case 402: self = .quotaExceeded
        case 403: self = .permission
        case 404: self = .notFound
        case 408, 504: self = .timeout
        case 413: self = .requestTooLarge
        case 429: self = .rateLimited
        case 503, 529: self = .overloaded
        case 400..<500: self = .invalidRequest
        default: self = .upstream
        }
    }

    fileprivate init(type: String) {
        switch type {
        case "overloaded_error": self = .overloaded
        case "rate_limit_error", "rate_limit_exceeded": self = .rateLimited
        case "invalid_request_error": self = .invalidRequest
        case "timeout_error": self = .timeout
        case "authentication_error": self = .authentication
        case "permission_error": self = .permission
        default: self = .upstream
        }
    }

    fileprivate var status: Int {
        switch self {
        case .invalidRequest: 400
        case .authentication: 401
        case .quotaExceeded: 402
        case .permission: 403
        case .notFound: 404
        case .requestTooLarge: 413
        case .rateLimited: 429
        case .overloaded: 529
        case .timeout: 504
        case .upstream: 502
        case .internalError: 500
        }
    }

    fileprivate func sentence(status: Int) -> String {
        switch self {
        case .authentication, .permission:
            "The provider refused the gateway's credentials: check the key configured for it."
        default: "The provider answered with status \(status) and no explanation."
        }
    }

    fileprivate var chatType: String {
        switch self {
        case .invalidRequest, .notFound, .requestTooLarge, .authentication: "invalid_request_error"
        case .permission: "permission_error"
        case .rateLimited: "rate_limit_error"
        case .quotaExceeded: "insufficient_quota"
        case .upstream, .overloaded, .timeout, .internalError: "server_error"
        }
    }

    fileprivate var messagesType: String {
        switch self {
        case .invalidRequest: "invalid_request_error"
        case .authentication: "authentication_error"
        case .permission: "permission_error"
        case .notFound: "not_found_error"
        case .requestTooLarge: "request_too_large"
        case .rateLimited: "rate_limit_error"
        case .quotaExceeded: "billing_error"
        case .overloaded: "overloaded_error"
        case .timeout: "timeout_error"
        case .upstream, .internalError: "api_error"
        }
    }
}
