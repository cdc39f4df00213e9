import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Payment

@Suite("Online channels")
struct ChannelTests {
    static let cases = TestDatabase.all.flatMap { kind in [ChannelID.wechat, .alipay].map { (kind, $0) } }

    @Test("a QR code is paid, told once, and the order is paid", arguments: cases)
    func paid(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            let code = try #require(open.attempt.invitation)
            // Reloading the page makes no second trade.
            let again = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            #expect(again.attempt.position == open.attempt.position)
            #expect(again.attempt.invitation == code)
            till.wait(20)
            #expect(rehearsal.gateway.pay(code, at: till.now))
            #expect(try await rehearsal.deliver() == [200])
            let file = try await till.file(order.id)
            #expect(file.order.state == .paid)
            #expect(file.attempts.map(\.state) == [.paid])
            #expect(
                try await till.events(order) == [
                    "payment.demanded", "payment.attempt_opened", "payment.attempt_ready", "payment.received",
                ])
            await #expect(throws: PaymentError.self) {
                try await till.service.pay(order.id, on: channel, .code, by: till.act)
            }
            #expect(try await till.service.check().faults == [])
        }
    }

    @Test("a notification that is lost is made good by a query", arguments: cases)
    func lost(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            var behaviour = SandboxBehaviour()
            behaviour.losesEvery = 1
            rehearsal.gateway.behave(behaviour)
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            rehearsal.gateway.pay(try #require(open.attempt.invitation), at: till.now)
            #expect(try await rehearsal.deliver() == [])
            #expect(try await till.service.watch(by: till.act) == 0)
            till.wait(6)
            try await till.service.watch(by: till.act)
            #expect(try await till.file(order.id).order.state == .paid)
        }
    }

    @Test("duplicates in any order are booked once", arguments: cases)
    func duplicates(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            var behaviour = SandboxBehaviour()
            behaviour.duplicates = 4
            behaviour.shuffles = true
            rehearsal.gateway.behave(behaviour)
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            rehearsal.gateway.pay(try #require(open.attempt.invitation), at: till.now)
            #expect(try await rehearsal.deliver() == [200, 200, 200, 200, 200])
            let file = try await till.file(order.id)
            #expect(file.entries.count == 2)
            #expect(try await till.service.check().faults == [])
        }
    }

    @Test("an attempt that nobody pays is closed in time at the gateway too", arguments: cases)
    func closed(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            till.wait(15 * 60 + 1)
            try await till.service.watch(by: till.act)
            #expect(try await till.file(order.id).attempts.map(\.state) == [.closed])
            #expect(!rehearsal.gateway.pay(try #require(open.attempt.invitation), at: till.now))
            let next = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            #expect(next.attempt.position == 2)
        }
    }

    @Test("who pays twice gets the second payment back", arguments: TestDatabase.all)
    func twice(_ kind: TestDatabaseKind) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            let first = try await till.service.pay(order.id, on: .wechat, .code, by: till.act)
            let second = try await till.service.pay(order.id, on: .alipay, .code, by: till.act)
            rehearsal.gateway.pay(try #require(first.attempt.invitation), at: till.now)
            rehearsal.gateway.pay(try #require(second.attempt.invitation), at: till.now)
            #expect(try await rehearsal.deliver() == [200, 200])
            #expect(try await till.file(order.id).attempts.map(\.state) == [.paid, .surplus])
            #expect(try await till.service.check().balances["suspense"] == Money(fen: -8_000))
            try await till.service.watch(by: till.act)
            let file = try await till.file(order.id)
            #expect(file.refunds.map(\.state) == [.done])
            #expect(file.order.state == .paid)
            let report = try await till.service.check()
            #expect(report.faults == [])
            #expect(report.balances["suspense"] == nil)
            #expect(report.balances["channel:wechat"] == Money(fen: 8_000))
            #expect(report.balances["channel:alipay"] == nil)
        }
    }

    @Test("a refused item pays back by the fee's rule, slowly where the gateway is slow", arguments: cases)
    func refused(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            var behaviour = SandboxBehaviour()
            behaviour.slowRefunds = true
            rehearsal.gateway.behave(behaviour)
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            rehearsal.gateway.pay(try #require(open.attempt.invitation), at: till.now)
            try await rehearsal.deliver()
            let act = till.act
            try await till.write { [service = till.service] in
                try service.end(case: order.caseID, item: "E23", as: .refused, by: act, in: $0)
            }
            try await till.service.watch(by: till.act)
            #expect(try await till.file(order.id).refunds.map(\.state) == [.sent])
            till.wait(61)
            try await rehearsal.deliver()
            try await till.service.watch(by: till.act)
            let file = try await till.file(order.id)
            #expect(file.order.state == .refunded)
            #expect(file.order.refunded == Money(fen: 8_000))
            let report = try await till.service.check()
            #expect(report.faults == [])
            #expect(report.balances == [:])
        }
    }

    @Test("an answer that is lost makes no second trade and no second refund", arguments: cases)
    func cut(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let order = try #require(try await till.charge())
            rehearsal.cuts.lose(channel == .wechat ? "native" : "precreate")
            await #expect(throws: PaymentError.self) {
                try await till.service.pay(order.id, on: channel, .code, by: till.act)
            }
            // The payer tries again, and the first trade is closed in time though its code was never seen.
            let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            rehearsal.gateway.pay(try #require(open.attempt.invitation), at: till.now)
            try await rehearsal.deliver()
            till.wait(6)
            try await till.service.watch(by: till.act)
            #expect(try await till.file(order.id).attempts.map(\.state) == [.closed, .paid])
            let act = till.act
            try await till.write { [service = till.service] in
                try service.end(case: order.caseID, item: nil, as: .refused, by: act, in: $0)
            }
            rehearsal.cuts.lose(channel == .wechat ? "/v3/refund/" : "alipay.trade.refund")
            try await till.service.watch(by: till.act)
            #expect(try await till.file(order.id).refunds.map(\.state) == [.approved])
            till.wait(20)
            try await till.service.watch(by: till.act)
            till.wait(20)
            try await till.service.watch(by: till.act)
            #expect(try await till.file(order.id).order.state == .refunded)
            #expect(try await till.service.check().balances == [:])
        }
    }
}
