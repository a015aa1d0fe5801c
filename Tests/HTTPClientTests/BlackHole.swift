import Glibc

/// A port on which connections are neither taken nor refused: the queue of its listener is full, so the kernel drops
/// whoever else knocks (listen(2)).
final class BlackHole: Sendable {
    let port: UInt16
    private let sockets: [Int32]

    init() {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = ScriptedServer.bind(listener)
        listen(listener, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var sockets = [listener]
        for _ in 0..<4 {
            let caller = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            withUnsafePointer(to: &address) { pointer in
                _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(caller, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            sockets.append(caller)
        }
        self.sockets = sockets
    }

    deinit { for socket in sockets { close(socket) } }
}
