import Foundation
import PluginKit

/// Whether the server's port is free, or taken by the server itself.
struct PortProbe {
    private let settings: HTTPSettings

    init(_ settings: HTTPSettings) { self.settings = settings }

    var health: Health {
        let address = "\(settings.host):\(settings.port)"
        if settings.port == 0 { return .sound("每次启动任选一个空闲端口") }
        switch bindError() {
        case 0: return .sound("\(address) 空闲；用别的端口启动的服务见 yiciban status")
        case EADDRINUSE:
            return answersAsOurs()
                ? .sound("\(address) 上的服务正在运行")
                : .fault("\(address) 已被别的程序占用", remedy: "请停止那个程序，或改 settings.yaml 的 http.port。")
        case EACCES, EPERM:
            return .fault("没有权限监听 \(address)", remedy: "请改用 1024 以上的端口，由反向代理转发。")
        case EADDRNOTAVAIL:
            return .fault("本机没有地址 \(settings.host)", remedy: "请改 settings.yaml 的 http.host：本机使用写 127.0.0.1。")
        case let code:
            return .warning("试不了 \(address)（\(String(cString: strerror(code)))）", remedy: "请检查 http.host 的写法。")
        }
    }

    /// 0 when the address could be bound, otherwise why not.
    private func bindError() -> Int32 {
        withSocket { socket, address, length in
            var yes: Int32 = 1
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            return bind(socket, address, length) == 0 ? 0 : errno
        } ?? EINVAL
    }

    /// Whether `/healthz` there answers as our server does.
    private func answersAsOurs() -> Bool {
        withSocket { socket, address, length in
            var limit = timeval(tv_sec: 3, tv_usec: 0)
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(socket, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
            }
            guard connect(socket, address, length) == 0 else { return false }
            let request = Array("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
            guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return false }
            var answer: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while answer.count < 1 << 16 {
                let count = recv(socket, &buffer, buffer.count, 0)
                if count <= 0 { break }
                answer += buffer[..<count]
            }
            let text = String(decoding: answer, as: UTF8.self)
            return text.hasPrefix("HTTP/1.1 200") && text.hasSuffix("\r\n\r\nok\n")
        } ?? false
    }

    private func withSocket<Value>(
        _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(settings.host, String(settings.port), &hints, &list) == 0, let first = list else {
            return nil
        }
        defer { freeaddrinfo(list) }
        guard let address = first.pointee.ai_addr else { return nil }
        let socket = socket(first.pointee.ai_family, first.pointee.ai_socktype, first.pointee.ai_protocol)
        guard socket >= 0 else { return nil }
        defer { close(socket) }
        return body(socket, address, first.pointee.ai_addrlen)
    }
}
