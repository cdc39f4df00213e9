import Extension
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Standards

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The rehearsal gateway behind a socket of this machine, in a process of its own (decision 0043).
struct SandboxServer {
    let gateway: SandboxGateway
    let port: Int

    /// Serves until the task is cancelled, sending notifications meanwhile.
    ///
    /// - Parameter whenRunning: told the port once requests are taken.
    func run(whenRunning: @Sendable (Int) -> Void) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [gateway] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(SandboxConnection(gateway: gateway))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        whenRunning(channel.localAddress?.port ?? port)
        let posts = SandboxPosts(gateway: gateway)
        try await withTaskCancellationHandler {
            while !Task.isCancelled {
                try await posts.send(at: Self.now)
                try await Task.sleep(for: .milliseconds(100))
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    static var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// Sends the notifications that are due, a few at a time.
struct SandboxPosts: Sendable {
    let gateway: SandboxGateway
    private let session = URLSession(configuration: .ephemeral)

    func send(at now: Instant) async throws {
        let due = try gateway.duePosts(at: now)
        await withTaskGroup(of: Void.self) { group in
            for (index, post) in due.enumerated() {
                if index >= 16 { await group.next() }
                group.addTask { await send(post, at: now) }
            }
        }
    }

    private func send(_ post: SandboxPost, at now: Instant) async {
        guard let url = URL(string: post.url) else { return gateway.sent(post.id, isTaken: true, at: now) }
        var request = URLRequest(url: url, timeoutInterval: 5)
        request.httpMethod = "POST"
        request.httpBody = Data(post.body)
        for (name, value) in post.headers { request.setValue(value, forHTTPHeaderField: name) }
        let answer = try? await session.data(for: request)
        let status = (answer?.1 as? HTTPURLResponse)?.statusCode ?? 0
        let isAlipay = post.headers["Wechatpay-Signature"] == nil
        let isTaken =
            isAlipay
            ? answer.map { String(decoding: $0.0, as: UTF8.self) } == "success" : status == 200 || status == 204
        gateway.sent(post.id, isTaken: isTaken, at: now)
    }
}

/// One connection: gathers a request, bounded, and writes the gateway's answer.
private final class SandboxConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let longestBody = 1 << 20

    private let gateway: SandboxGateway
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(gateway: SandboxGateway) { self.gateway = gateway }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer):
            body.append(contentsOf: buffer.readableBytesView)
            if body.count > Self.longestBody { context.close(promise: nil) }
        case .end:
            guard let head else { return }
            let headers = Dictionary(head.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
            let reply = gateway.answer(
                GatewayRequest(method: head.method.rawValue, target: head.uri, headers: headers, body: body),
                at: SandboxServer.now)
            write(reply, to: context, isKeptAlive: head.isKeepAlive)
        }
    }

    private func write(_ reply: GatewayReply, to context: ChannelHandlerContext, isKeptAlive: Bool) {
        var headers = HTTPHeaders(reply.message.headers.map { ($0.key, $0.value) })
        headers.add(name: "Content-Length", value: "\(reply.message.body.count)")
        if !isKeptAlive { headers.add(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: reply.status)
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        if !reply.message.body.isEmpty {
            var buffer = context.channel.allocator.buffer(capacity: reply.message.body.count)
            buffer.writeBytes(reply.message.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            if !isKeptAlive { channel.close(promise: nil) }
        }
    }
}
