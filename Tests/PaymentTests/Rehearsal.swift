import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import Synchronization

@testable import Payment

/// A till whose two channels lead to the rehearsal gateway in the same process.
final class Rehearsal: Sendable {
    let till: Till
    let gateway: SandboxGateway
    let wechat: WeChatPay
    let alipay: Alipay
    /// The next requests whose answers get lost.
    let cuts: Cuts

    final class Cuts: Sendable {
        private let left = Mutex<[String]>([])
        func lose(_ part: String) { left.withLock { $0.append(part) } }
        func hits(_ request: GatewayRequest) -> Bool {
            left.withLock { left in
                guard
                    let index = left.firstIndex(where: {
                        request.target.contains($0) || String(decoding: request.body, as: UTF8.self).contains($0)
                    })
                else { return false }
                left.remove(at: index)
                return true
            }
        }
    }

    /// The keys are made once: making them is what costs.
    static let merchantKey = Result { try RSASHA256.PrivateKey.generate() }
    static let gatewayKey = Result { try RSASHA256.PrivateKey.generate() }
    static let secret = Array("0123456789abcdef0123456789ABCDEF".utf8)

    private init(_ database: any Database) async throws {
        let box = ClockBox()
        let (merchant, own) = (try Self.merchantKey.get(), try Self.gatewayKey.get())
        let settings = SandboxSettings(
            address: "http://127.0.0.1:9", secret: Self.secret, merchantKey: merchant.publicKey, gatewayKey: own)
        let gateway = SandboxGateway(settings)
        let cuts = Cuts()
        let line = SandboxLine(gateway: gateway, now: { box.now }, losesAnswer: { cuts.hits($0) })
        wechat = WeChatPay(
            WeChatSettings(
                url: "http://127.0.0.1:9", appID: settings.appID, merchant: settings.merchant, serial: settings.serial,
                key: merchant, secret: Self.secret, gatewayKeyID: settings.gatewayKeyID, gatewayKey: own.publicKey),
            site: "http://127.0.0.1:8", line: line, isRehearsal: true)
        alipay = Alipay(
            AlipaySettings(
                url: "http://127.0.0.1:9/gateway.do", appID: settings.alipayAppID, seller: settings.seller,
                key: merchant, gatewayKey: own.publicKey),
            site: "http://127.0.0.1:8", line: line, path: "/gateway.do", isRehearsal: true)
        till = try await Till(database, channels: [wechat, alipay])
        self.gateway = gateway
        self.cuts = cuts
        box.till = till
    }

    /// Tells the gateway the till's time.
    final class ClockBox: Sendable {
        private let held = Mutex<Till?>(nil)
        var till: Till? {
            get { held.withLock { $0 } }
            set { held.withLock { $0 = newValue } }
        }
        var now: Instant { till?.now ?? TestDatabase.now }
    }

    static func run(on kind: TestDatabaseKind, _ body: (Rehearsal) async throws -> Void) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, PaymentService.migrations]) { database in
            try await body(try await Rehearsal(database))
        }
    }

    /// Sends the notifications that are due, as the network would.
    ///
    /// - Returns: the answers' statuses.
    @discardableResult
    func deliver() async throws -> [Int] {
        var statuses: [Int] = []
        for post in try gateway.duePosts(at: till.now) {
            let reply = try await take(post)
            let isTaken =
                reply.status == 204 || (reply.status == 200 && String(decoding: reply.body, as: UTF8.self) == "success")
            gateway.sent(post.id, isTaken: isTaken, at: till.now)
            statuses.append(isTaken ? 200 : 400)
        }
        return statuses
    }

    func take(_ post: SandboxPost) async throws -> RawReply {
        try await till.service.take(
            WireMessage(headers: post.headers, body: post.body),
            from: post.url.hasSuffix("wechat") ? .wechat : .alipay, by: till.act(.anonymous(terminal: .api)))
    }
}
