internal import CCurl
internal import EventLoops
internal import Glibc
internal import HTTPMessages

/// An easy handle of libcurl; serves one transfer after the other.
///
/// libcurl calls back while it works; whatever would call libcurl in turn is left to those who drive it.
@safe
final class CurlHandle {
    let easy: UnsafeMutableRawPointer
    private(set) var transfer: Transfer?
    private let deadline: Deadline

    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var lines: UnsafeMutablePointer<curl_slist>?
    private var head: CurlHead
    private var report: ((Transfer) -> Void)?
    private var isSent = false
    private var isPaused = false

    /// nil if there is no memory left for it.
    init?(loop: EventLoop, settings: ClientSettings) {
        guard let easy = unsafe curl_easy_init() else { return nil }
        unsafe self.easy = easy
        deadline = Deadline(loop: loop)
        head = CurlHead(limit: settings.maximumHeaderBytes)
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe ccurl_set_private(easy, context)
        unsafe ccurl_set_error_buffer(easy, errorText)
        for (option, value) in Self.fixed { unsafe ccurl_set_long(easy, option, value) }
        unsafe ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        if let file = settings.certificateAuthorityFile { unsafe ccurl_set_text(easy, CURLOPT_CAINFO, file) }
        unsafe ccurl_on_request(easy, { context, _, _, _, _ in unsafe CurlHandle.of(context).willSend() }, context)
        unsafe ccurl_on_header(
            easy,
            { bytes, _, count, context in
                unsafe CurlHandle.of(context).receiveLine(UnsafeRawBufferPointer(start: bytes, count: count))
            }, context)
        unsafe ccurl_on_body(
            easy,
            { bytes, _, count, context in
                unsafe CurlHandle.of(context).receive(UnsafeRawBufferPointer(start: bytes, count: count))
            }, context)
        unsafe ccurl_on_close(
            easy,
            { loop, socket in
                unsafe Unmanaged<EventLoop>.fromOpaque(loop).takeUnretainedValue().unwatch(socket)
                return close(socket)
            }, Unmanaged.passUnretained(loop).toOpaque())
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_slist_free_all(lines)
        unsafe errorText.deallocate()
    }

    private static let fixed: [(CURLoption, Int)] = [
        (CURLOPT_NOSIGNAL, 1),
        (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
        (CURLOPT_FOLLOWLOCATION, 0),
        (CURLOPT_PATH_AS_IS, 1),
        (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
        // A transfer that ends while its name is looked up shall not wait for the resolver.
        (CURLOPT_QUICK_EXIT, 1),
    ]

    /// Takes on a transfer; false if libcurl refuses its URL.
    ///
    /// `report` is called with the transfer when there may be something for its reader.
    func begin(_ transfer: Transfer, report: @escaping (Transfer) -> Void) -> Bool {
        self.transfer = transfer
        self.report = report
        transfer.begin(by: deadline)
        head.reset()
        isSent = false
        isPaused = false
        unsafe errorText[0] = 0
        let request = transfer.request
        for line in Self.lines(of: request) { unsafe lines = curl_slist_append(lines, line) }
        unsafe ccurl_set_fields(easy, lines)
        setMethod(request)
        return unsafe ccurl_set_text(easy, CURLOPT_URL, request.url) == CURLE_OK
    }

    /// Lets go of the transfer and of its body; the handle must be in no multi handle.
    func end() {
        transfer = nil
        report = nil
        unsafe ccurl_set_body(easy, nil, -1)
        unsafe ccurl_set_fields(easy, nil)
        unsafe curl_slist_free_all(lines)
        unsafe lines = nil
    }

    /// Goes on after the reader has taken what waited.
    func resume() {
        guard isPaused else { return }
        isPaused = false
        unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    /// How the transfer ended, given what libcurl says.
    func result(of code: CURLcode) -> Result<Void, ClientError> {
        if let error = head.error { return .failure(error) }
        if code == CURLE_OK { return head.isComplete ? .success(()) : .failure(.closed(.beforeHead)) }
        var text = unsafe String(cString: errorText)
        if text.isEmpty { text = unsafe String(cString: curl_easy_strerror(code)) }
        return .failure(ClientError(code, text: text, isSent: isSent, hasHead: head.isComplete))
    }

    private func setMethod(_ request: ClientRequest) {
        unsafe ccurl_set_long(easy, CURLOPT_HTTPGET, 1)
        unsafe ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, nil)
        if request.method == "HEAD" {
            unsafe ccurl_set_long(easy, CURLOPT_NOBODY, 1)
            return
        }
        if request.sendsLength {
            unsafe request.body.withUnsafeBytes { bytes in
                unsafe withUnsafePointer(to: 0) { empty in
                    let start = unsafe bytes.baseAddress ?? UnsafeRawPointer(empty)
                    unsafe ccurl_set_body(easy, start, Int64(bytes.count))
                }
            }
        }
        unsafe ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
    }

    /// The lines for the request's fields, and those that take away what libcurl adds by itself.
    private static func lines(of request: ClientRequest) -> [String] {
        var lines = ["Expect:"]
        for place in request.fields.places where request.isSent(place) {
            let (name, value) = (request.fields.name(at: place), request.fields.value(at: place))
            lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        for name in ["Accept", "Content-Type"] where request.fields[name] == nil { lines.append("\(name):") }
        return lines
    }

    // MARK: Called back by libcurl

    /// Called once for each time the request is sent: libcurl would send it again when a kept connection turns out
    /// to be closed, but whether to try again is the caller's decision.
    private func willSend() -> Int32 {
        guard !isSent else { return CURL_PREREQFUNC_ABORT }
        isSent = true
        transfer?.connected()
        return CURL_PREREQFUNC_OK
    }

    private func receiveLine(_ line: UnsafeRawBufferPointer) -> Int {
        guard let transfer, !head.isComplete else { return line.count }
        unsafe head.receive(line)
        if head.error != nil { return 0 }
        if head.isComplete {
            transfer.receiveHead(status: head.status, fields: head.fields)
            report?(transfer)
        }
        return line.count
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let transfer else { return bytes.count }
        if transfer.isFull {
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        unsafe transfer.receive(bytes)
        report?(transfer)
        return bytes.count
    }

    /// The handle that was given to libcurl as a callback's context.
    static func of(_ context: UnsafeMutableRawPointer?) -> CurlHandle {
        guard let context = unsafe context else { preconditionFailure("libcurl lost the context of a callback") }
        return unsafe Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
    }
}
