import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Payment

@Suite("Attacks on notifications")
struct NoticeAttackTests {
    /// An order with a trade that was paid, and the notification of it on its way.
    private func paidTrade(
        _ rehearsal: Rehearsal, _ channel: ChannelID
    ) async throws -> (order: PaymentOrder, post: SandboxPost) {
        let till = rehearsal.till
        let order = try #require(try await till.charge())
        let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
        rehearsal.gateway.pay(try #require(open.attempt.invitation), at: till.now)
        return (order, try #require(try rehearsal.gateway.duePosts(at: till.now).first))
    }

    private func isRefused(_ reply: RawReply) -> Bool {
        reply.status == 400 || String(decoding: reply.body, as: UTF8.self) == "fail"
    }

    @Test("a forged, changed, replayed or downgraded notification changes nothing", arguments: ChannelTests.cases)
    func forged(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let (order, post) = try await paidTrade(rehearsal, channel)
            var attacks: [(String, SandboxPost)] = []
            func attack(_ name: String, _ headers: [String: String]? = nil, _ body: [UInt8]? = nil) {
                attacks.append(
                    (name, SandboxPost(id: 0, url: post.url, headers: headers ?? post.headers, body: body ?? post.body))
                )
            }
            attack("no body", nil, [])
            attack("another byte", nil, post.body.dropLast() + [UInt8(ascii: " ")])
            let text = String(decoding: post.body, as: UTF8.self)
            if channel == .wechat {
                attack("no signature", post.headers.filter { $0.key != "Wechatpay-Signature" })
                attack("a weaker signature", post.headers.merging(["Wechatpay-Signature-Type": "HMAC-SHA256"]) { $1 })
                attack("another key", post.headers.merging(["Wechatpay-Serial": "PUB_KEY_ID_9"]) { $1 })
                attack("another time", post.headers.merging(["Wechatpay-Timestamp": "1"]) { $1 })
                attack(
                    "a signature probe", post.headers.merging(["Wechatpay-Signature": "WECHATPAY/SIGNTEST/AA"]) { $1 })
                let stranger = try RSASHA256.PrivateKey.generate()
                attack(
                    "a stranger's key",
                    try WeChatSignature.headers(
                        of: post.body, serial: rehearsal.gateway.settings.gatewayKeyID, key: stranger,
                        at: rehearsal.till.now))
            } else {
                attack(
                    "another amount", nil, Array(text.replacing("total_amount=80.00", with: "total_amount=0.01").utf8))
                attack("a weaker signature", nil, Array(text.replacing("sign_type=RSA2", with: "sign_type=RSA").utf8))
                attack("another seller", nil, Array(text.replacing("seller_id=2088", with: "seller_id=2089").utf8))
                attack("a field twice", nil, Array((text + "&total_amount=80.00").utf8))
                let fields = try #require(GatewayText.form(text))
                let stranger = try RSASHA256.PrivateKey.generate()
                attack(
                    "a stranger's key", nil,
                    Array(GatewayText.form(try AlipaySignature.notice(fields, stranger)).utf8))
            }
            for (name, attack) in attacks {
                #expect(isRefused(try await rehearsal.take(attack)), "\(name)")
            }
            #expect(try await rehearsal.till.file(order.id).order.state == .due)
            // An hour later the very same bytes are a replay for WeChat, whose words are signed anew for each try.
            if channel == .wechat {
                rehearsal.till.wait(3_600)
                #expect(isRefused(try await rehearsal.take(post)))
            }
            #expect(try await rehearsal.deliver() == [200])
            #expect(try await rehearsal.till.file(order.id).order.state == .paid)
        }
    }

    @Test("a gateway that tells of another amount is not believed", arguments: ChannelTests.cases)
    func amount(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            var behaviour = SandboxBehaviour()
            behaviour.wrongAmountEvery = 1
            rehearsal.gateway.behave(behaviour)
            let (order, post) = try await paidTrade(rehearsal, channel)
            #expect(isRefused(try await rehearsal.take(post)))
            #expect(isRefused(try await rehearsal.take(post)))
            let file = try await rehearsal.till.file(order.id)
            #expect(file.order.state == .due)
            #expect(file.attempts.first?.trouble == "amount")
            #expect(try await rehearsal.till.events(order).filter { $0 == "payment.amount_refused" }.count == 1)
            #expect(try await rehearsal.till.service.check().faults == [])
        }
    }

    @Test("another currency, an amount below nothing and one beyond 64 bits are refused")
    func strangeAmounts() async throws {
        try await Rehearsal.run(on: .sqlite) { rehearsal in
            let settings = rehearsal.gateway.settings
            for (total, currency) in [
                ("8000", #""USD""#), ("8000", #""cny""#), ("8000", "840"), ("8000", "null"), ("-8000", #""CNY""#),
                ("0", #""CNY""#), ("99999999999999999999", #""CNY""#), ("80.00", #""CNY""#), (#""8000""#, #""CNY""#),
            ] {
                let content = """
                    {"appid":"\(settings.appID)","mchid":"\(settings.merchant)","out_trade_no":"x_1","transaction_id":"1",
                    "trade_state":"SUCCESS","success_time":"2026-03-02T16:00:00+08:00",
                    "amount":{"total":\(total),"currency":\(currency)}}
                    """
                let box = try AES256GCM.seal(
                    Array(content.utf8), key: settings.secret, nonce: Array("123456789012".utf8), associated: [])
                let body = Array(
                    """
                    {"event_type":"TRANSACTION.SUCCESS","resource":{"algorithm":"AEAD_AES_256_GCM","nonce":"123456789012",
                    "ciphertext":"\(GatewayText.base64(box))"}}
                    """.utf8)
                let headers = try WeChatSignature.headers(
                    of: body, serial: settings.gatewayKeyID, key: try Rehearsal.gatewayKey.get(), at: rehearsal.till.now
                )
                #expect(throws: PaymentError.self, "\(total) \(currency)") {
                    try rehearsal.wechat.read(WireMessage(headers: headers, body: body), at: rehearsal.till.now)
                }
            }
        }
    }

    @Test("a key that WeChat retired proves nothing, under its own name or under the new one's")
    func retired() async throws {
        try await Rehearsal.run(on: .sqlite) { rehearsal in
            let (_, post) = try await paidTrade(rehearsal, .wechat)
            let old = rehearsal.wechat.settings
            let newName = "PUB_KEY_ID_0000000000000000000002"
            let channel = WeChatPay(
                WeChatSettings(
                    url: old.url, appID: old.appID, merchant: old.merchant, serial: old.serial, key: old.key,
                    secret: old.secret, gatewayKeyID: newName,
                    gatewayKey: try RSASHA256.PrivateKey.generate().publicKey),
                site: "http://127.0.0.1:8", line: rehearsal.wechat.line, isRehearsal: true)
            let now = rehearsal.till.now
            let renamed = post.headers.merging(["Wechatpay-Serial": newName]) { $1 }
            for headers in [post.headers, renamed] {
                #expect(throws: PaymentError.unproven) {
                    try channel.read(WireMessage(headers: headers, body: post.body), at: now)
                }
            }
            // The same words are proved where the key is still in force.
            _ = try rehearsal.wechat.read(WireMessage(headers: post.headers, body: post.body), at: now)
        }
    }

    @Test(
        "Alipay's own signature makes no other currency and no strange amount acceptable", arguments: TestDatabase.all)
    func strangeFields(_ kind: TestDatabaseKind) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let (order, post) = try await paidTrade(rehearsal, .alipay)
            let told = try #require(GatewayText.form(String(decoding: post.body, as: UTF8.self)))
            for (name, value) in [
                ("trans_currency", "USD"), ("settle_currency", "JPY"), ("total_amount", "-80.00"),
                ("total_amount", "0.00"), ("total_amount", "92233720368547758080.00"), ("total_amount", "80.001"),
                ("total_amount", "8e1"), ("total_amount", ""), ("total_amount", "79.99"), ("trade_no", ""),
                ("out_trade_no", "somebody else's_1"), ("app_id", "2021"), ("seller_id", "2089"),
            ] {
                var fields = told.filter { $0.key != "sign" && $0.key != "sign_type" }
                fields[name] = value
                let body = GatewayText.form(try AlipaySignature.notice(fields, try Rehearsal.gatewayKey.get()))
                let changed = SandboxPost(id: 0, url: post.url, headers: post.headers, body: Array(body.utf8))
                #expect(isRefused(try await rehearsal.take(changed)), "\(name)=\(value)")
                #expect(try await rehearsal.till.file(order.id).order.state == .due, "\(name)=\(value)")
            }
            #expect(try await rehearsal.deliver() == [200])
            #expect(try await rehearsal.till.file(order.id).order.state == .paid)
            #expect(try await rehearsal.till.service.check().faults == [])
        }
    }

    @Test("what was told is told again after the money went back, and books nothing", arguments: ChannelTests.cases)
    func replayed(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let service = till.service
            let (order, post) = try await paidTrade(rehearsal, channel)
            try await rehearsal.deliver()
            let act = till.cashier()
            _ = try await till.write {
                try service.askRefund(of: order.id, Money(fen: 8_000), .overcharged, by: act, in: $0)
            }
            let (before, events) = (try await till.file(order.id), try await till.events(order))
            for _ in 0..<3 { #expect(!isRefused(try await rehearsal.take(post))) }
            let after = try await till.file(order.id)
            #expect(after.entries == before.entries)
            #expect(after.attempts == before.attempts)
            #expect(after.refunds == before.refunds)
            #expect(try await till.events(order) == events)
            #expect(try await service.check().faults == [])
        }
    }

    @Test(
        "no refund is more than what is left, nothing or below nothing, or of what was not paid",
        arguments: ChannelTests.cases)
    func refundOverPaid(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let service = till.service
            func isGranted(_ fen: Int64, _ order: PaymentOrder) async -> Bool {
                let act = till.cashier()
                let asked = try? await till.write {
                    try service.askRefund(of: order.id, Money(fen: fen), .overcharged, by: act, in: $0)
                }
                return asked != nil
            }
            let unpaid = try #require(try await till.charge())
            #expect(await !isGranted(1, unpaid))
            let (order, _) = try await paidTrade(rehearsal, channel)
            #expect(await !isGranted(1, order))
            try await rehearsal.deliver()
            for fen in [8_001, 0, -1, Int64.max, Int64.min] { #expect(await !isGranted(fen, order), "\(fen)") }
            #expect(await isGranted(5_000, order))
            for fen in [3_001, Int64.max] { #expect(await !isGranted(fen, order), "\(fen) of what is left") }
            #expect(await isGranted(3_000, order))
            #expect(await !isGranted(1, order))
            #expect(try await till.file(order.id).refunds.map(\.amount.fen).sorted() == [3_000, 5_000])
            #expect(try await service.check().faults == [])
        }
    }

    @Test("an order is nobody else's to see or to pay, and a link's code can't be guessed", arguments: TestDatabase.all)
    func foreign(_ kind: TestDatabaseKind) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            let owner = till.act(.person(Till.id(1), account: Till.id(101), name: "申请人", terminal: .portal))
            let stranger = till.act(.person(Till.id(2), account: Till.id(102), name: "路人", terminal: .portal))
            let service = till.service
            #expect(try await till.database.read { try service.order(order.id, by: owner, in: $0) }.order == order)
            await #expect(throws: PaymentError.notFound) {
                try await till.database.read { try service.order(order.id, by: stranger, in: $0) }
            }
            let code = service.shareCode(of: order.id)
            #expect(try await till.database.read { try service.order(order.id, code: code, in: $0) }.order == order)
            for wrong in ["", String(code.dropLast()), code.uppercased() + "0", service.shareCode(of: Till.id(9))] {
                await #expect(throws: PaymentError.notFound) {
                    try await till.database.read { try service.order(order.id, code: wrong, in: $0) }
                }
            }
        }
    }

    @Test("two refunds at once never take more than was paid", arguments: TestDatabase.all)
    func racing(_ kind: TestDatabaseKind) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let (order, _) = try await paidTrade(rehearsal, .wechat)
            try await rehearsal.deliver()
            let service = till.service
            let acts = (0..<8).map { _ in till.cashier() }
            let granted = await withTaskGroup(of: Bool.self) { group in
                for act in acts {
                    group.addTask {
                        let asked = try? await till.write {
                            try service.askRefund(of: order.id, Money(fen: 5_000), .overcharged, by: act, in: $0)
                        }
                        return asked != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(granted == 1)
            #expect(try await till.file(order.id).order.refundable == Money(fen: 3_000))
            #expect(try await service.check().faults == [])
        }
    }
}
