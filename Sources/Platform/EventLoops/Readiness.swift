internal import CLinux

/// What a descriptor is ready for, or what to wait for; the raw value is epoll's own mask (epoll_ctl(2)).
package struct Readiness: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes, a connection or the end of the stream can be read.
    package static let read = Readiness(rawValue: EPOLLIN.rawValue)
    /// Bytes can be written.
    package static let write = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The peer will send no more.
    ///
    /// Only told when asked for.
    package static let peerClosed = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// Both directions are closed.
    ///
    /// Told even when not asked for.
    package static let hangUp = Readiness(rawValue: EPOLLHUP.rawValue)
    /// The descriptor is in error.
    ///
    /// Told even when not asked for.
    package static let error = Readiness(rawValue: EPOLLERR.rawValue)
    /// A read would not block: it brings bytes, the end of the stream or an error.
    package static let input = Readiness(rawValue: EPOLLIN.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue)
}

/// Gets told on the loop's thread that a descriptor is ready.
///
/// Readiness is level-triggered: what is left unread is told again on the next turn.
package protocol DescriptorHandler: AnyObject {
    func ready(_ descriptor: Int32, _ readiness: Readiness)
}

/// Gets told on the loop's thread that the turn's jobs have run; see ``EventLoop/callAtTurnEnd(_:)``.
package protocol TurnEndHandler: AnyObject {
    func turnEnds()
}
