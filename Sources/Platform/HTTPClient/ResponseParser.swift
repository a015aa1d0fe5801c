internal import CLlhttp
internal import HTTPMessages

/// Turns bytes into one response after the other, on llhttp.
@safe
package final class ResponseParser {
    /// What came of some bytes.
    package enum Outcome {
        /// All bytes are used, and more are needed.
        case incomplete
        /// The response is whole; whether the connection may serve another request.
        case complete(mayServeAgain: Bool)
        case failed(ClientError)
    }

    private let machine = UnsafeMutablePointer<llhttp_t>.allocate(capacity: 1)
    private let maximumHeaderBytes: Int
    private var isHead = false
    private var reader = HTTPFieldReader()
    private var headerBytes = 0
    private var isTooLarge = false
    private var isInformational = false
    private var isComplete = false
    private var keepsAlive = false
    private var transfer: Transfer?

    /// Creates a parser that waits for the first response of a connection.
    package init(maximumHeaderBytes: Int) {
        self.maximumHeaderBytes = maximumHeaderBytes
        unsafe llhttp_init(machine, HTTP_RESPONSE, ResponseParser.callbacks)
        unsafe machine.pointee.data = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        unsafe machine.deallocate()
    }

    /// Makes ready for the response to a new request.
    package func begin(isHead: Bool) {
        self.isHead = isHead
        isComplete = false
        headerBytes = 0
        _ = reader.take()
    }

    /// Takes the next bytes of a connection, of a response that nobody waits for.
    package func read(_ bytes: [UInt8]) -> Outcome {
        unsafe bytes.withUnsafeBytes { unsafe feed($0, to: nil) }
    }

    func feed(_ bytes: UnsafeRawBufferPointer, to transfer: Transfer?) -> Outcome {
        guard let base = bytes.baseAddress else { return .incomplete }
        self.transfer = transfer
        defer { self.transfer = nil }
        let text = unsafe base.assumingMemoryBound(to: CChar.self)
        let code = unsafe llhttp_execute(machine, text, bytes.count)
        if isComplete {
            // What follows an answer that nobody asked for makes the connection unfit.
            var used = bytes.count
            if code == HPE_PAUSED {
                used = unsafe llhttp_get_error_pos(machine).map { unsafe $0 - text } ?? bytes.count
                unsafe llhttp_resume(machine)
            }
            return .complete(mayServeAgain: keepsAlive && used == bytes.count)
        }
        if code == HPE_OK {
            reader.keepPieces()
            return .incomplete
        }
        return .failed(isTooLarge ? .tooLarge : .malformedResponse)
    }

    /// The peer has closed: completes a body that ends with the connection (RFC 9112, section 6.3).
    package func finish() -> Outcome {
        finish(to: nil)
    }

    func finish(to transfer: Transfer?) -> Outcome {
        self.transfer = transfer
        defer { self.transfer = nil }
        let code = unsafe llhttp_finish(machine)
        return (code == HPE_OK || code == HPE_PAUSED) && isComplete ? .complete(mayServeAgain: false) : .incomplete
    }

    // MARK: Called back by llhttp

    private func extendName(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        unsafe reader.extendName(by: bytes)
        return count(bytes.count)
    }

    private func extendValue(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        unsafe reader.extendValue(by: bytes)
        return count(bytes.count)
    }

    private func count(_ bytes: Int) -> Int32 {
        headerBytes += bytes
        isTooLarge = headerBytes > maximumHeaderBytes
        return isTooLarge ? -1 : 0
    }

    private func endField() -> Int32 {
        reader.endField(trimming: true)
        return count(4)
    }

    private func endHead() -> Int32 {
        let status = unsafe Int(machine.pointee.status_code)
        // Nobody asked to switch protocols.
        if status == 101 { return -1 }
        isInformational = (100..<200).contains(status)
        guard !isInformational else {
            _ = reader.take()
            return 0
        }
        transfer?.receiveHead(status: status, fields: reader.take())
        return isHead ? 1 : 0
    }

    private func endMessage() -> Int32 {
        if isInformational { return 0 }
        isComplete = true
        keepsAlive = unsafe llhttp_should_keep_alive(machine) != 0
        return Int32(HPE_PAUSED.rawValue)
    }

    /// Calls the parser of a machine, without counting a reference: llhttp calls back for every piece of a head.
    private static func call(
        _ machine: UnsafeMutablePointer<llhttp_t>?, _ body: (ResponseParser) -> Int32
    ) -> Int32 {
        guard let data = unsafe machine?.pointee.data else {
            preconditionFailure("llhttp called back for a machine without its parser")
        }
        return unsafe Unmanaged<ResponseParser>.fromOpaque(data)._withUnsafeGuaranteedRef(body)
    }

    nonisolated(unsafe) private static let callbacks: UnsafeMutablePointer<llhttp_settings_t> = {
        let settings = UnsafeMutablePointer<llhttp_settings_t>.allocate(capacity: 1)
        unsafe llhttp_settings_init(settings)
        unsafe settings.pointee.on_status = { machine, _, count in unsafe call(machine) { $0.count(count) } }
        unsafe settings.pointee.on_header_field = { machine, at, count in
            unsafe call(machine) { unsafe $0.extendName(UnsafeRawBufferPointer(start: at, count: count)) }
        }
        unsafe settings.pointee.on_header_value = { machine, at, count in
            unsafe call(machine) { unsafe $0.extendValue(UnsafeRawBufferPointer(start: at, count: count)) }
        }
        unsafe settings.pointee.on_header_value_complete = { unsafe call($0) { $0.endField() } }
        unsafe settings.pointee.on_headers_complete = { unsafe call($0) { $0.endHead() } }
        unsafe settings.pointee.on_body = { machine, at, count in
            unsafe call(machine) {
                unsafe $0.transfer?.receive(UnsafeRawBufferPointer(start: at, count: count))
                return 0
            }
        }
        unsafe settings.pointee.on_message_complete = { unsafe call($0) { $0.endMessage() } }
        return unsafe settings
    }()
}
