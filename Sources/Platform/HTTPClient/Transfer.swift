internal import EventLoops
internal import HTTPMessages

/// One response on its way from a transport to whoever reads it: what has arrived, who waits, and until when.
///
/// Touched on its loop only, hence unchecked. A transport reports with ``receiveHead(status:fields:)``, ``receive(_:)``,
/// ``finish()`` and ``fail(_:)``, and is told through ``onDrained`` and ``onAbort``.
final class Transfer: @unchecked Sendable {
    /// Bytes that may wait for the reader before the transport must stop reading.
    static let highWater = 256 * 1024

    let request: ClientRequest
    private(set) var status = 0
    private(set) var fields = HTTPFields()
    private(set) var hasHead = false
    /// Called when a reader has taken what waited and a full transport may read on.
    var onDrained: (() -> Void)?
    /// Called once if the transfer is ended from outside: the transport closes what serves it.
    var onAbort: (() -> Void)?

    private let loop: EventLoop
    private var arrived: [UInt8] = []
    private var end: Result<Void, ClientError>?
    private var waiter: Suspension?
    private var phase = ClientError.Phase.connect
    private var phaseDue: LoopInstant
    private let totalDue: LoopInstant
    private var deadline: Deadline?

    init(_ request: ClientRequest, loop: EventLoop) {
        totalDue = loop.now.advanced(by: request.timeouts.total)
        phaseDue = loop.now.advanced(by: request.timeouts.connect)
        self.request = request
        self.loop = loop
    }

    /// Whether no more may be delivered for now.
    var isFull: Bool { arrived.count >= Self.highWater }

    /// Whether the transfer is over, well or not.
    var hasEnded: Bool { end != nil }

    /// Whether the transfer ended well and a reader has taken all of it.
    var isTaken: Bool {
        guard case .success = end else { return false }
        return arrived.isEmpty
    }

    // MARK: The transport's side

    /// Has its time measured from now on by the deadline of what serves it, which holds the transfer until that is over.
    func begin(by deadline: Deadline) {
        self.deadline = deadline
        deadline.onExpiry = { self.expire() }
        arm()
    }

    /// The connection stands and the request is on its way.
    func connected() {
        guard end == nil else { return }
        enter(.firstByte, request.timeouts.firstByte)
    }

    func receiveHead(status: Int, fields: HTTPFields) {
        guard end == nil else { return }
        self.status = status
        self.fields = fields
        hasHead = true
        enter(.idle, request.timeouts.idle)
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard end == nil else { return }
        unsafe arrived.append(contentsOf: bytes)
        enter(.idle, request.timeouts.idle)
    }

    func finish() {
        conclude(.success(()))
    }

    func fail(_ error: ClientError) {
        conclude(.failure(error))
    }

    /// Wakes the reader if there is something for it; to be called once a batch of reports is in.
    func notify() {
        if hasNews { wake() }
    }

    private var hasNews: Bool { end != nil || (hasHead && !isWaitingForBody) || !arrived.isEmpty }

    // MARK: The reader's side

    private var isWaitingForBody = false

    /// Waits for the head.
    func head() async throws(ClientError) {
        while !hasHead {
            if case .failure(let error) = end { throw error }
            if end != nil { throw .malformedResponse }
            try await wait()
        }
        if case .failure(let error) = end, arrived.isEmpty { throw error }
    }

    /// What has arrived since the last call, or nil at the end.
    func next() async throws(ClientError) -> [UInt8]? {
        isWaitingForBody = true
        while arrived.isEmpty {
            switch end {
            case .success: return nil
            case .failure(let error): throw error
            case nil: try await wait()
            }
        }
        let wasFull = isFull
        var taken: [UInt8] = []
        swap(&taken, &arrived)
        if wasFull, end == nil {
            enter(.idle, request.timeouts.idle)
            onDrained?()
        }
        return taken
    }

    /// Ends the transfer from outside.
    func abort(_ error: ClientError) {
        guard end == nil else { return }
        let onAbort = onAbort
        conclude(.failure(error))
        onAbort?()
        wake()
    }

    private func wait() async throws(ClientError) {
        if Task.isCancelled {
            abort(.cancelled)
            throw .cancelled
        }
        await withTaskCancellationHandler {
            await Suspension.suspend(while: { !hasNews }) { waiter = $0 }
        } onCancel: {
            let loop = loop
            Task(executorPreference: loop) { self.abort(.cancelled) }
        }
    }

    private func wake() {
        guard let waiting = waiter else { return }
        waiter = nil
        waiting.resume()
    }

    private func conclude(_ result: Result<Void, ClientError>) {
        guard end == nil else { return }
        end = result
        deadline?.clear()
        deadline?.onExpiry = {}
        deadline = nil
        onAbort = nil
        onDrained = nil
    }

    // MARK: Time

    private func enter(_ phase: ClientError.Phase, _ limit: Duration) {
        self.phase = phase
        phaseDue = loop.now.advanced(by: limit)
        arm()
    }

    private func arm() {
        deadline?.set(at: min(phaseDue, totalDue))
    }

    private func expire() {
        if loop.now >= totalDue { return abort(.timeout(.total)) }
        // A reader that does not take what waits is no fault of the peer.
        guard phase == .idle, isFull else { return abort(.timeout(phase)) }
        enter(.idle, request.timeouts.idle)
    }
}
