internal import CCurl
internal import EventLoops
internal import Glibc

/// HTTP through libcurl's multi interface, driven by the event loop: TLS, names, proxies.
///
/// Lives as long as its client or any transfer on it.
@safe
final class CurlTransport: DescriptorHandler {
    private static let keptHandles = 64

    private let loop: EventLoop
    private let settings: ClientSettings
    private let multi: UnsafeMutableRawPointer
    private var kept: [CurlHandle] = []
    private var touched: [Transfer] = []
    private var timer: TimerToken?

    init(loop: EventLoop, settings: ClientSettings) {
        self.loop = loop
        self.settings = settings
        unsafe multi = Self.makeMulti()
        // libcurl counts all hosts and the busy connections too.
        unsafe ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, settings.idleConnections * 8)
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe ccurl_multi_on_socket(
            multi,
            { _, socket, interest, context, _ in
                unsafe CurlTransport.of(context).watch(socket, interest)
                return 0
            }, context)
        unsafe ccurl_multi_on_timer(
            multi,
            { _, milliseconds, context in
                unsafe CurlTransport.of(context).setTimer(milliseconds)
                return 0
            }, context)
    }

    deinit {
        unsafe ccurl_multi_on_socket(multi, nil, nil)
        unsafe ccurl_multi_on_timer(multi, nil, nil)
        // Closing the kept connections needs the loop.
        let loop = loop
        let multi = unsafe UInt(bitPattern: multi)
        if loop.isOnLoop {
            unsafe curl_multi_cleanup(UnsafeMutableRawPointer(bitPattern: multi))
        } else {
            Task(executorPreference: loop) {
                unsafe curl_multi_cleanup(UnsafeMutableRawPointer(bitPattern: multi))
            }
        }
    }

    /// Sends a transfer's request and reports the response to it.
    func start(_ transfer: Transfer) {
        guard let handle = kept.popLast() ?? CurlHandle(loop: loop, settings: settings) else {
            return transfer.fail(.connect)
        }
        guard handle.begin(transfer, report: { [unowned self] in touched.append($0) }) else {
            handle.end()
            return transfer.fail(.badURL("libcurl does not take this URL"))
        }
        transfer.onAbort = {
            self.release(handle)
        }
        transfer.onDrained = {
            handle.resume()
        }
        unsafe curl_multi_add_handle(multi, handle.easy)
    }

    func ready(_ descriptor: Int32, _ readiness: Readiness) {
        var mask: Int32 = 0
        if !readiness.isDisjoint(with: [.read, .hangUp]) { mask |= CURL_CSELECT_IN }
        if readiness.contains(.write) { mask |= CURL_CSELECT_OUT }
        if readiness.contains(.error) { mask |= CURL_CSELECT_ERR }
        act(descriptor, mask)
    }

    /// Lets libcurl work, and then wakes everybody for whom something came.
    private func act(_ socket: curl_socket_t, _ mask: Int32) {
        var running: Int32 = 0
        unsafe curl_multi_socket_action(multi, socket, mask, &running)
        var code = CURLE_OK
        while let easy = unsafe ccurl_multi_next_ended(multi, &code) {
            let handle = unsafe CurlHandle.of(ccurl_private(easy))
            guard let transfer = handle.transfer else { continue }
            let result = handle.result(of: code)
            release(handle)
            switch result {
            case .success: transfer.finish()
            case .failure(let error): transfer.fail(error)
            }
            touched.append(transfer)
        }
        for transfer in touched { transfer.notify() }
        touched.removeAll(keepingCapacity: true)
    }

    private func release(_ handle: CurlHandle) {
        unsafe curl_multi_remove_handle(multi, handle.easy)
        handle.end()
        if kept.count < Self.keptHandles { kept.append(handle) }
    }

    // MARK: Called back by libcurl

    private func watch(_ socket: curl_socket_t, _ interest: Int32) {
        var readiness: Readiness = []
        if interest == CURL_POLL_IN || interest == CURL_POLL_INOUT { readiness.insert(.read) }
        if interest == CURL_POLL_OUT || interest == CURL_POLL_INOUT { readiness.insert(.write) }
        if readiness.isEmpty {
            loop.unwatch(socket)
        } else {
            loop.watch(socket, for: readiness, handler: self)
        }
    }

    private func setTimer(_ milliseconds: Int) {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard milliseconds >= 0 else { return }
        timer = loop.schedule(at: LoopInstant.current.advanced(by: .milliseconds(milliseconds))) { [weak self] in
            guard let self else { return }
            timer = nil
            act(CURL_SOCKET_BAD, 0)
        }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> CurlTransport {
        guard let context = unsafe context else { preconditionFailure("libcurl lost the context of a callback") }
        return unsafe Unmanaged<CurlTransport>.fromOpaque(context).takeUnretainedValue()
    }

    private static func makeMulti() -> UnsafeMutableRawPointer {
        let code = globalCode
        guard code == CURLE_OK, let multi = unsafe curl_multi_init() else {
            preconditionFailure("libcurl cannot be initialised (code \(code.rawValue)); is memory left?")
        }
        return unsafe multi
    }

    /// The outcome of `curl_global_init`, which is to be called once.
    private static let globalCode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}
