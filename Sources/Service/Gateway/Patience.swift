internal import Dialogue
internal import EventLoops
internal import HTTPMessages
internal import HTTPServer

/// Keeps a client's time-outs away while a stream is held back from it: the head after a while, and comments from then on.
///
/// Bound to the loop.
final class Patience {
    private let loop: EventLoop
    private let interval: Duration
    private let writer: ResponseWriter
    private let fields: HTTPFields
    private var timer: TimerToken?

    /// Waits for `interval` before it says anything; `fields` are those of the stream's head.
    init(on loop: EventLoop, every interval: Duration, head fields: HTTPFields, with writer: ResponseWriter) {
        self.loop = loop
        self.interval = interval
        self.writer = writer
        self.fields = fields
        wait()
    }

    private func wait() {
        timer = loop.schedule(after: interval) { [weak self] in self?.reassure() }
    }

    private func reassure() {
        guard !writer.isGone else { return }
        if !writer.hasBegun { writer.begin(status: 200, fields: fields) }
        writer.remark(Array(": farthing is looking at the answer\n\n".utf8))
        wait()
    }

    /// Says nothing any more: the stream is handed out.
    func end() {
        if let timer { loop.cancel(timer) }
        timer = nil
    }
}
