internal import CLinux
internal import EventLoops
internal import Glibc

/// Bytes that wait to be sent, and who waits for them to leave.
struct SendBuffer {
    enum Progress {
        case empty
        case blocked
        case failed
    }

    /// A silent connection keeps no more room than most answers need.
    private static let keptCapacity = 16 * 1024

    /// Appended to freely; sent by ``send(to:)``.
    var bytes: [UInt8] = []
    private var sent = 0
    private var waiters: [(limit: Int, suspension: Suspension)] = []

    /// How many bytes wait.
    var count: Int { bytes.count - sent }

    /// Sends what the socket takes now.
    mutating func send(to socket: Int32) -> Progress {
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.send(
                    socket, buffer.baseAddress.map { unsafe $0 + sent }, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                if sent > 64 * 1024, sent > bytes.count / 2 { dropSent() }
                return .blocked
            } else if errno != EINTR {
                return .failed
            }
        }
        sent = 0
        if bytes.capacity > Self.keptCapacity { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
        return .empty
    }

    mutating func wait(atMost limit: Int, _ suspension: Suspension) {
        waiters.append((limit, suspension))
    }

    /// Takes those whose limit is reached; all of them when the connection is gone.
    mutating func takeWaiters(all: Bool = false) -> [Suspension] {
        if waiters.isEmpty { return [] }
        let waiting = count
        let ready = waiters.filter { all || waiting <= $0.limit }.map(\.suspension)
        waiters.removeAll { all || waiting <= $0.limit }
        return ready
    }

    private mutating func dropSent() {
        bytes.removeFirst(sent)
        sent = 0
    }
}
