import Dispatch
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A plain socket, for requests that no well-behaved client sends.
enum RawConnection {
    struct Failure: Error { let step: String }

    static func exchange(_ bytes: [UInt8], port: Int) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try blocking(bytes, port: port) })
            }
        }
    }

    private static func blocking(_ bytes: [UInt8], port: Int) throws -> String {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Failure(step: "socket") }
        defer { close(socket) }
        // Written by hand, since more than one C module claims the members of `sockaddr_in`.
        let family = withUnsafeBytes(of: UInt16(AF_INET), Array.init)
        let address = family + [UInt8(port >> 8), UInt8(port & 0xFF), 127, 0, 0, 1] + [UInt8](repeating: 0, count: 8)
        let connected = address.withUnsafeBytes { bytes in
            connect(socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard connected == 0 else { throw Failure(step: "connect") }
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The server may have answered and closed before everything was sent.
            if count <= 0 { break }
            sent += count
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { break }
            received += buffer[..<count]
            if isWhole(received) { break }
        }
        return String(decoding: received, as: UTF8.self)
    }

    /// Whether an answer with `Content-Length` has arrived as a whole.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        for line in text[..<end.lowerBound].split(separator: "\r\n")
        where line.lowercased().hasPrefix("content-length:") {
            guard let length = Int(line.dropFirst(15).filter(\.isNumber)) else { return false }
            return text[end.upperBound...].utf8.count >= length
        }
        return false
    }
}
