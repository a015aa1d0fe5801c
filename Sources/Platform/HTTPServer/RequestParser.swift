internal import CLlhttp
internal import HTTPMessages

/// Turns bytes into requests, one at a time, on llhttp in its strict mode, within the limits of a listener.
@safe
package final class RequestParser {
    /// What came of some bytes.
    package enum Outcome {
        /// All bytes are used, and more are needed.
        case incomplete
        /// A request is complete; the bytes after the first `used` ones belong to the next.
        case complete(used: Int)
        case failed(RequestFault)
    }

    /// A silent connection keeps no more room than most requests need.
    private static let keptCapacity = 16 * 1024

    /// Whether a byte of the current request has been seen.
    private(set) var hasBegun = false
    private(set) var headIsComplete = false
    private(set) var target: [UInt8] = []
    /// The target before that: a connection mostly asks for the same.
    private var knownTarget: (bytes: [UInt8], text: String) = ([], "")
    private(set) var isHead = false
    private(set) var isHTTP10 = false
    private(set) var keepsAlive = false

    private let machine = UnsafeMutablePointer<llhttp_t>.allocate(capacity: 1)
    private let settings: ListenerSettings
    private var reader = HTTPFieldReader()
    private var body: [UInt8] = []
    private var headerBytes = 0
    private var fieldCount = 0
    private var hosts = 0
    private var transferCoding: String?
    private var fault: RequestFault?
    private var awaitsContinue = false

    /// Creates a parser that waits for the first request of a connection.
    package init(settings: ListenerSettings) {
        self.settings = settings
        unsafe llhttp_init(machine, HTTP_REQUEST, RequestParser.callbacks)
        unsafe machine.pointee.data = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        unsafe machine.deallocate()
    }

    /// Takes the next bytes of a connection.
    package func read(_ bytes: [UInt8]) -> Outcome {
        unsafe bytes.withUnsafeBytes { unsafe feed($0) }
    }

    func feed(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        guard let base = bytes.baseAddress else { return .incomplete }
        let text = unsafe base.assumingMemoryBound(to: CChar.self)
        let code = unsafe llhttp_execute(machine, text, bytes.count)
        if code == HPE_OK {
            reader.keepPieces()
            return .incomplete
        }
        if code == HPE_PAUSED {
            let end = unsafe llhttp_get_error_pos(machine)
            unsafe llhttp_resume(machine)
            return .complete(used: unsafe end.map { unsafe $0 - text } ?? bytes.count)
        }
        if let fault { return .failed(fault) }
        let reason = unsafe llhttp_get_error_reason(machine).map { unsafe String(cString: $0) } ?? "not HTTP/1.1"
        return .failed(.malformed(reason: reason))
    }

    /// The request that is complete; makes ready for the next.
    func takeRequest(isFromLoopback: Bool) -> HTTPRequest {
        let method = unsafe String(cString: llhttp_method_name(llhttp_method_t(UInt32(machine.pointee.method))))
        if target != knownTarget.bytes { knownTarget = (target, String(decoding: target, as: UTF8.self)) }
        let request = HTTPRequest(
            method: method, target: knownTarget.text, fields: reader.take(), body: body,
            isFromLoopback: isFromLoopback)
        body = []
        return request
    }

    /// Takes back the parts of a request that was answered: the next one is read into their room.
    func reuse(_ parts: consuming (fields: HTTPFields, body: [UInt8])) {
        guard parts.fields.text.capacity <= Self.keptCapacity, parts.body.capacity <= Self.keptCapacity else { return }
        parts.body.removeAll(keepingCapacity: true)
        body = parts.body
        reader.reuse(parts.fields)
    }

    /// Whether the client waits for `100 Continue` (RFC 9110, section 10.1.1); asked once a request.
    func takeExpectation() -> Bool {
        defer { awaitsContinue = false }
        return awaitsContinue
    }

    // MARK: Called back by llhttp

    private func begin() -> Int32 {
        hasBegun = true
        headIsComplete = false
        isHead = false
        awaitsContinue = false
        target.removeAll(keepingCapacity: true)
        headerBytes = 0
        fieldCount = 0
        hosts = 0
        transferCoding = nil
        return 0
    }

    private func appendTarget(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if target.count + bytes.count > settings.maximumTargetBytes {
            return refuse(.targetTooLong(limit: settings.maximumTargetBytes))
        }
        unsafe target.append(contentsOf: bytes)
        return 0
    }

    /// Counts bytes of the head or of a trailer.
    private func count(_ bytes: Int) -> Int32 {
        headerBytes += bytes
        return headerBytes > settings.maximumHeaderBytes
            ? refuse(.headerTooLarge(limit: settings.maximumHeaderBytes)) : 0
    }

    private func extendName(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if !headIsComplete { unsafe reader.extendName(by: bytes) }
        return count(bytes.count)
    }

    private func extendValue(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if !headIsComplete { unsafe reader.extendValue(by: bytes) }
        return count(bytes.count)
    }

    /// A field is complete.
    ///
    /// Those of a trailer are dropped: nothing that framing or admission saw may change later.
    private func endField() -> Int32 {
        headerBytes += 4
        if headIsComplete { return 0 }
        fieldCount += 1
        if fieldCount > settings.maximumFields { return refuse(.tooManyFields(limit: settings.maximumFields)) }
        reader.endField()
        return 0
    }

    /// Notes of the fields what the server itself goes by.
    private func note(_ fields: HTTPFields) {
        let text = fields.text.span
        for place in fields.places {
            let name = text.extracting(place.name)
            switch name.count {
            case 4 where name.isSameName(as: "host".utf8.span): hosts += 1
            case 6 where name.isSameName(as: "expect".utf8.span):
                awaitsContinue = fields.value(at: place).lowercased() == "100-continue"
            case 17 where name.isSameName(as: "transfer-encoding".utf8.span):
                let coding = fields.value(at: place)
                transferCoding = transferCoding.map { $0 + "," + coding } ?? coding
            default: break
            }
        }
    }

    private func endHead() -> Int32 {
        headIsComplete = true
        note(reader.fields)
        let method = unsafe llhttp_method_t(UInt32(machine.pointee.method))
        isHead = method == HTTP_HEAD
        isHTTP10 = unsafe machine.pointee.http_major == 1 && machine.pointee.http_minor == 0
        if method == HTTP_CONNECT { return refuse(.unsupported(reason: "CONNECT is not supported")) }
        // Upgrades are optional (RFC 9110, section 7.8): the request is answered as it is.
        unsafe machine.pointee.upgrade = 0
        if hosts > 1 || (hosts == 0 && !isHTTP10) {
            return refuse(.malformed(reason: "exactly one Host field is needed"))
        }
        if let transferCoding {
            if isHTTP10 { return refuse(.malformed(reason: "HTTP/1.0 has no Transfer-Encoding")) }
            if transferCoding.lowercased() != "chunked" {
                return refuse(.unsupported(reason: "of all transfer codings only chunked is supported"))
            }
        }
        let isChunked = unsafe Int32(machine.pointee.flags) & Int32(F_CHUNKED.rawValue) != 0
        let length = unsafe isChunked ? 0 : machine.pointee.content_length
        if length > UInt64(settings.maximumBodyBytes) { return refuse(.bodyTooLarge(limit: settings.maximumBodyBytes)) }
        body.reserveCapacity(min(Int(length), 256 * 1024))
        if isHTTP10 || (length == 0 && !isChunked) { awaitsContinue = false }
        return 0
    }

    private func appendBody(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        awaitsContinue = false
        if body.count + bytes.count > settings.maximumBodyBytes {
            return refuse(.bodyTooLarge(limit: settings.maximumBodyBytes))
        }
        unsafe body.append(contentsOf: bytes)
        return 0
    }

    private func end() -> Int32 {
        hasBegun = false
        keepsAlive = unsafe llhttp_should_keep_alive(machine) != 0
        return Int32(HPE_PAUSED.rawValue)
    }

    private func refuse(_ fault: RequestFault) -> Int32 {
        self.fault = fault
        return -1
    }

    /// Calls the parser of a machine, without counting a reference: llhttp calls back for every piece of a head.
    private static func call(
        _ machine: UnsafeMutablePointer<llhttp_t>?, _ body: (RequestParser) -> Int32
    ) -> Int32 {
        guard let data = unsafe machine?.pointee.data else { return -1 }
        return unsafe Unmanaged<RequestParser>.fromOpaque(data)._withUnsafeGuaranteedRef(body)
    }

    private static func bytes(_ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: start, count: count)
    }

    private nonisolated(unsafe) static let callbacks: UnsafeMutablePointer<llhttp_settings_t> = {
        let callbacks = UnsafeMutablePointer<llhttp_settings_t>.allocate(capacity: 1)
        unsafe llhttp_settings_init(callbacks)
        unsafe callbacks.pointee.on_message_begin = { unsafe call($0) { $0.begin() } }
        unsafe callbacks.pointee.on_url = { machine, at, count in
            unsafe call(machine) { unsafe $0.appendTarget(bytes(at, count)) }
        }
        unsafe callbacks.pointee.on_header_field = { machine, at, count in
            unsafe call(machine) { unsafe $0.extendName(bytes(at, count)) }
        }
        unsafe callbacks.pointee.on_header_value = { machine, at, count in
            unsafe call(machine) { unsafe $0.extendValue(bytes(at, count)) }
        }
        unsafe callbacks.pointee.on_header_value_complete = { unsafe call($0) { $0.endField() } }
        unsafe callbacks.pointee.on_headers_complete = { unsafe call($0) { $0.endHead() } }
        unsafe callbacks.pointee.on_body = { machine, at, count in
            unsafe call(machine) { unsafe $0.appendBody(bytes(at, count)) }
        }
        unsafe callbacks.pointee.on_message_complete = { unsafe call($0) { $0.end() } }
        return unsafe callbacks
    }()
}
