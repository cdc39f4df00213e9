import Foundation
import Glibc
import Synchronization

/// A server on loopback that answers every connection with the same bytes, in pieces, and can keep silent.
final class SmallServer: Sendable {
    private let socket: Int32
    let port: Int
    /// What callers sent, as text.
    private let received = Mutex<[String]>([])

    /// - Parameters:
    ///   - pieces: what it answers, one after the other, until the caller hangs up.
    ///   - repeating: whether the last piece is sent without end.
    init(_ pieces: [String], repeating: Bool = false) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(socket, address, length)
                _ = getsockname(socket, address, &length)
            }
        }
        listen(socket, 16)
        self.socket = socket
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(socket, nil, nil)
                if connection < 0 { return }
                Self.serve(connection, pieces, repeating) { text in received.withLock { $0.append(text) } }
            }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [String] { received.withLock { $0 } }

    func stop() {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private static func serve(_ connection: Int32, _ pieces: [String], _ repeating: Bool, _ note: (String) -> Void) {
        defer { close(connection) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &buffer, buffer.count, 0)
        if count <= 0 { return }
        note(String(decoding: buffer[..<count], as: UTF8.self))
        if pieces.isEmpty {
            // Silence until the caller hangs up.
            _ = recv(connection, &buffer, buffer.count, 0)
            return
        }
        for piece in pieces { if !deliver(piece, connection) { return } }
        while repeating { if !deliver(pieces[pieces.count - 1], connection) { return } }
    }

    private static func deliver(_ piece: String, _ connection: Int32) -> Bool {
        let bytes = Array(piece.utf8)
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}
