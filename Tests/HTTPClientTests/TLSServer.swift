import Foundation

/// Ends TLS on a port in front of another one, with a certificate of its own for 127.0.0.1 and localhost.
final class TLSServer {
    let port: UInt16
    /// The certificate, which a client has to be told to trust.
    let certificate: String
    private let folder: String
    private let process = Process()

    /// - Throws: when there is no `openssl` or no `python3`.
    init(before port: UInt16) throws {
        var template = Array("/tmp/farthing-tls-XXXXXX".utf8CString)
        folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
        certificate = folder + "/certificate.pem"
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout",
            folder + "/key.pem", "-out", certificate,
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.program, certificate, folder + "/key.pem", String(port)]
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        self.port = UInt16(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    deinit {
        // Not SIGTERM: a child has the signal mask of the thread that started it.
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Takes connections, ends their TLS and carries the bytes both ways.
    private static let program = """
        import socket, ssl, sys, threading
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        listener = socket.create_server(("", 0))
        print(listener.getsockname()[1], flush=True)
        def carry(source, sink):
            try:
                while data := source.recv(65536): sink.sendall(data)
            except OSError: pass
            for end in (source, sink):
                try: end.shutdown(socket.SHUT_RDWR)
                except OSError: pass
        def serve(connection):
            try: outer = context.wrap_socket(connection, server_side=True)
            except OSError: return connection.close()
            inner = socket.create_connection(("127.0.0.1", int(sys.argv[3])))
            threading.Thread(target=carry, args=(outer, inner), daemon=True).start()
            carry(inner, outer)
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
        """
}
