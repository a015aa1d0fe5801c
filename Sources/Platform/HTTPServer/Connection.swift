internal import CLinux
internal import EventLoops
internal import Glibc
internal import HTTPMessages

/// A client's connection: reads a request, has it answered, reads the next.
///
/// Bound to the loop. One task serves all requests of a connection, so it is cancelled when the client leaves, whatever it waits for.
final class Connection: DescriptorHandler, TurnEndHandler {
    private enum Phase {
        /// Between two requests.
        case idle
        case header
        case body
        case responding
        /// The last response is on its way; what still comes in is thrown away, so that no reset overtakes it.
        case lingering
    }

    let settings: ListenerSettings
    private(set) var isClosed = false

    private let socket: Int32
    private let loop: EventLoop
    private let owner: ConnectionOwner
    private let isFromLoopback: Bool
    private let parser: RequestParser
    private var phase = Phase.header
    private var request: HTTPRequest?
    private var pipelined: [UInt8] = []
    private var unsent = SendBuffer()
    private var flushesAtTurnEnd = false
    private var requestWaiter: Suspension?
    /// Whether the next request is waited for while the response before it has not left.
    private var awaitsRequest = false
    private var requestCount = 0
    private var isDraining = false
    private let deadline: Deadline
    private var task: Task<Void, Never>?

    init(socket: Int32, isFromLoopback: Bool, owner: ConnectionOwner) {
        self.socket = socket
        self.isFromLoopback = isFromLoopback
        self.owner = owner
        loop = owner.loop
        settings = owner.settings
        parser = RequestParser(settings: settings)
        deadline = Deadline(loop: owner.loop)
        deadline.onExpiry = { self.expire() }
    }

    /// Serves requests until either side has enough.
    func start() {
        loop.watch(socket, for: .read, handler: self)
        deadline.set(after: settings.headerTimeout)
        task = loop.spawn { await self.serve() }
    }

    /// Answers with a fault before anything was asked.
    func refuse(_ fault: RequestFault) {
        loop.watch(socket, for: .read, handler: self)
        answer(fault)
        lingerOrClose()
    }

    /// Closes the connection as soon as it is not in use.
    func drain() {
        isDraining = true
        if phase == .idle || (phase == .header && !parser.hasBegun) { close() }
    }

    private func serve() async {
        while var request = await nextRequest() {
            let writer = ResponseWriter(connection: self)
            await owner.handler.respond(to: request, with: writer)
            writer.conclude()
            parser.reuse(request.takeParts())
            if keepsAlive { continue }
            await waitUntilUnsent(atMost: 0)
            break
        }
        task = nil
        if phase == .lingering || isClosed { owner.remove(self, socket) } else { lingerOrClose() }
    }

    private var keepsAlive: Bool {
        !isClosed && parser.keepsAlive && !isDraining && requestCount < settings.maximumRequests
    }

    // MARK: Reading

    private func nextRequest() async -> HTTPRequest? {
        if isClosed { return nil }
        if unsent.count > 0 { awaitsRequest = true } else { takeNext() }
        func mayCome() -> Bool { request == nil && !isClosed && phase != .lingering }
        if mayCome() { await Suspension.suspend(while: mayCome) { requestWaiter = $0 } }
        let next = request.take()
        return isClosed ? nil : next
    }

    /// The response has left, and the next request is waited for.
    private func endResponse() {
        awaitsRequest = false
        if keepsAlive { return takeNext() }
        lingerOrClose()
        resumeRequestWaiter()
    }

    private func takeNext() {
        if requestCount > 0 {
            phase = .idle
            deadline.set(after: settings.idleTimeout)
        }
        loop.watch(socket, for: .read, handler: self)
        if pipelined.isEmpty { return }
        let bytes = pipelined
        pipelined.removeAll(keepingCapacity: bytes.count < 8192)
        unsafe bytes.withUnsafeBytes { unsafe consume($0) }
    }

    func ready(_ descriptor: Int32, _ readiness: Readiness) {
        if readiness.contains(.write) { flush() }
        if isClosed { return }
        if readiness.contains(.read) { return receive() }
        if !readiness.isDisjoint(with: [.peerClosed, .hangUp, .error]) { close() }
    }

    private func receive() {
        let buffer = unsafe loop.readBuffer
        let count = unsafe recv(socket, buffer.baseAddress, buffer.count, 0)
        if count == 0 { return close() }
        if count < 0 {
            if errno != EAGAIN, errno != EINTR { close() }
            return
        }
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
        switch phase {
        case .lingering: break
        case .responding:
            unsafe pipelined.append(contentsOf: bytes)
            updateInterest()
        case .idle, .header, .body: unsafe consume(bytes)
        }
    }

    private func consume(_ bytes: UnsafeRawBufferPointer) {
        switch unsafe parser.feed(bytes) {
        case .incomplete:
            if parser.headIsComplete, parser.hasBegun {
                enter(.body, within: settings.bodyTimeout)
                if parser.takeExpectation() { sendContinue() }
            } else if parser.hasBegun {
                enter(.header, within: settings.headerTimeout)
            }
        case .complete(let used):
            requestCount += 1
            phase = .responding
            deadline.clear()
            if used < bytes.count { unsafe pipelined.append(contentsOf: bytes[used...]) }
            request = parser.takeRequest(isFromLoopback: isFromLoopback)
            resumeRequestWaiter()
        case .failed(let fault):
            answer(fault)
            lingerOrClose()
            resumeRequestWaiter()
        }
    }

    private func enter(_ next: Phase, within limit: Duration) {
        if phase == next { return }
        phase = next
        deadline.set(after: limit)
    }

    private func sendContinue() {
        unsent.bytes.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
        flush()
    }

    private func resumeRequestWaiter() {
        let waiter = requestWaiter
        requestWaiter = nil
        waiter?.resume()
    }

    // MARK: Writing

    /// How a stream that answers the current request is delimited.
    var streamFraming: Framing { parser.isHTTP10 ? .close : .chunked }

    func send(_ response: HTTPResponse) {
        if isClosed { return }
        let isBodiless = response.status == 204 || response.status == 304 || response.status < 200
        let framing: Framing = isBodiless ? .none : .length(response.body.count)
        appendHead(status: response.status, fields: response.fields, framing: framing)
        if !isBodiless, !parser.isHead { unsent.bytes.append(contentsOf: response.body) }
        flushAtTurnEnd()
    }

    func beginStream(status: Int, fields: HTTPFields, framing: Framing) {
        if isClosed { return }
        appendHead(status: status, fields: fields, framing: framing)
    }

    func write(_ bytes: [UInt8], framing: Framing) {
        if isClosed { return }
        if !bytes.isEmpty, !parser.isHead {
            if case .chunked = framing { unsent.bytes.appendChunk(bytes) } else { unsent.bytes += bytes }
        }
        flushAtTurnEnd()
    }

    func endStream(framing: Framing) {
        if isClosed { return }
        if case .chunked = framing, !parser.isHead { unsent.bytes.append(contentsOf: "0\r\n\r\n".utf8) }
        flushAtTurnEnd()
    }

    /// Answers the current request, if there is one, in the server's own name; the connection ends after it.
    func answer(_ fault: RequestFault) {
        isDraining = true
        send(settings.makeError(fault, String(decoding: parser.target, as: UTF8.self)))
    }

    /// Whether the client keeps up with what is sent.
    var hasRoom: Bool { unsent.count <= settings.highWaterMark }

    func waitUntilUnsent(atMost limit: Int) async {
        func isFull() -> Bool { !isClosed && unsent.count > limit }
        if isFull() { await Suspension.suspend(while: isFull) { unsent.wait(atMost: limit, $0) } }
    }

    private func appendHead(status: Int, fields: HTTPFields, framing: Framing) {
        if case .close = framing { isDraining = true }
        let connection = keepsAlive ? (parser.isHTTP10 ? "keep-alive" : nil) : "close"
        unsent.bytes.appendHead(
            status: status, fields: fields, framing: framing, connection: connection, date: owner.date.current)
    }

    private func flushAtTurnEnd() {
        if flushesAtTurnEnd { return }
        flushesAtTurnEnd = true
        loop.callAtTurnEnd(self)
    }

    func turnEnds() {
        flushesAtTurnEnd = false
        flush()
    }

    private func flush() {
        if isClosed { return }
        let before = unsent.count
        if before == 0, phase != .lingering { return }
        switch unsent.send(to: socket) {
        case .failed: return close()
        case .blocked: if unsent.count < before || !deadline.isSet { deadline.set(after: settings.writeTimeout) }
        case .empty where awaitsRequest: return endResponse()
        case .empty where phase == .responding: deadline.clear()
        case .empty where phase == .lingering: shutDown()
        case .empty: break
        }
        updateInterest()
        for waiter in unsent.takeWaiters() { waiter.resume() }
    }

    private func updateInterest() {
        var interest: Readiness = pipelined.count < settings.maximumPipelinedBytes ? .read : .peerClosed
        if unsent.count > 0 { interest.insert(.write) }
        loop.watch(socket, for: interest, handler: self)
    }

    // MARK: Ending

    private func expire() {
        switch phase {
        case .header where parser.hasBegun, .body:
            answer(.timedOut)
            lingerOrClose()
            resumeRequestWaiter()
        case .idle, .header, .responding, .lingering: close()
        }
    }

    /// Lets the last response reach the client before the connection is closed.
    private func lingerOrClose() {
        if isClosed { return }
        phase = .lingering
        pipelined = []
        deadline.set(after: settings.lingerTimeout)
        flush()
    }

    private func shutDown() {
        _ = Glibc.shutdown(socket, Int32(SHUT_WR))
    }

    /// Sends what was given so far, as far as the socket takes it, and ends the connection: what should follow is missing.
    func cutOff() {
        flush()
        close()
    }

    /// Ends the connection at once; the handler's task is cancelled and everyone who waits is woken.
    func close() {
        if isClosed { return }
        isClosed = true
        deadline.cancel()
        loop.unwatch(socket)
        Glibc.close(socket)
        resumeRequestWaiter()
        for waiter in unsent.takeWaiters(all: true) { waiter.resume() }
        if let task { task.cancel() } else { owner.remove(self, socket) }
    }
}
