import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Payment

@Suite("Reconciling")
struct ReconciliationTests {
    /// Three paid orders, one of them paid back.
    private func trade(_ rehearsal: Rehearsal, _ channel: ChannelID) async throws -> [PaymentOrder] {
        let till = rehearsal.till
        var orders: [PaymentOrder] = []
        for _ in 0..<3 {
            let order = try #require(try await till.charge())
            let open = try await till.service.pay(order.id, on: channel, .code, by: till.act)
            rehearsal.gateway.pay(try #require(open.attempt.invitation), at: till.now)
            till.wait(1)
            orders.append(order)
        }
        try await rehearsal.deliver()
        let act = till.act
        try await till.write { [service = till.service, id = orders[0].caseID] in
            try service.end(case: id, item: nil, as: .refused, by: act, in: $0)
        }
        try await till.service.watch(by: till.act)
        return orders
    }

    @Test("the bill of a day, the orders and the ledger agree, again and again", arguments: ChannelTests.cases)
    func equal(_ kind: TestDatabaseKind, _ channel: ChannelID) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            _ = try await trade(rehearsal, channel)
            let till = rehearsal.till
            for _ in 0..<2 {
                let report = try await till.service.reconcile(channel, day: till.now.day, by: till.act)
                #expect(report.lines == 4)
                #expect(report.equal == 4)
                #expect(report.billed == Money(fen: 16_000))
                #expect(report.booked == report.billed)
                #expect(report.differences == [:])
            }
            let other: ChannelID = channel == .wechat ? .alipay : .wechat
            await #expect(throws: PaymentError.self) {
                try await till.service.reconcile(other, day: till.now.day, by: till.act)
            }
        }
    }

    @Test("each way in which a bill and the books can differ is told apart", arguments: TestDatabase.all)
    func differences(_ kind: TestDatabaseKind) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let orders = try await trade(rehearsal, .wechat)
            let till = rehearsal.till
            let bill = try #require(try await rehearsal.wechat.bill(of: till.now.day, at: till.now))
            var lines = String(decoding: bill, as: UTF8.self).split(separator: "\r\n").map(String.init)
            // An order that was never told to us, one that the bill lacks, one with another amount.
            let stray = try #require(try await till.charge())
            let open = try await till.service.pay(stray.id, on: .wechat, .code, by: till.act)
            let number = open.attempt.number(of: stray.id)
            let place = try #require(lines.firstIndex { $0.contains("\(orders[1].id)_1") })
            let template = lines[place]
            lines[place] = template.replacing("`80.00", with: "`80.01")
            lines.removeAll { $0.contains("\(orders[2].id)_1") }
            lines.insert(template.replacing("\(orders[1].id)_1", with: number), at: 1)
            lines.insert(template.replacing("\(orders[1].id)_1", with: "elsewhere_77"), at: 1)
            let file = FileManager.default.temporaryDirectory.appending(path: "bill-\(UUID().uuidString).csv")
            try Data(lines.joined(separator: "\r\n").utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let path = file.path(percentEncoded: false)
            let report = try await till.service.reconcile(.wechat, day: till.now.day, file: path, by: till.act)
            #expect(report.differences == [.long: 1, .short: 1, .amount: 1, .state: 1])
            let service = till.service
            let open2 = try await till.database.read { try service.openDifferences(in: $0) }
            #expect(open2.items.count == 4)
            #expect(open2.items.first { $0.kind == .long }?.key == "elsewhere_77")
            #expect(open2.items.first { $0.kind == .short }?.key == "\(orders[2].id)_1")
            #expect(open2.items.first { $0.kind == .amount }?.billed == Money(fen: 8_001))
            #expect(open2.items.first { $0.kind == .state }?.key == number)

            // Two people close one; it stays closed when the day is reconciled again.
            let (first, second) = (till.cashier(), till.cashier(41))
            let day = till.now.day
            #expect(
                try await till.write { try service.close(.wechat, day, "elsewhere_77", by: first, in: $0) } == false)
            await #expect(throws: PaymentError.self) {
                try await till.write { try service.close(.wechat, day, "elsewhere_77", by: first, in: $0) }
            }
            #expect(try await till.write { try service.close(.wechat, day, "elsewhere_77", by: second, in: $0) })
            let again = try await till.service.reconcile(.wechat, day: day, file: path, by: till.act)
            #expect(again.differences == [.short: 1, .amount: 1, .state: 1])
            let left = try await till.database.read { try service.openDifferences(in: $0) }
            #expect(left.items.map(\.kind.rawValue).sorted() == ["amount", "short", "state"])
        }
    }

    @Test("what a bill lacks today and tomorrow's has is explained", arguments: TestDatabase.all)
    func crossed(_ kind: TestDatabaseKind) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let orders = try await trade(rehearsal, .wechat)
            let till = rehearsal.till
            let bill = try #require(try await rehearsal.wechat.bill(of: till.now.day, at: till.now))
            let lines = String(decoding: bill, as: UTF8.self).split(separator: "\r\n").map(String.init)
            let late = lines.filter { $0.contains("\(orders[2].id)_1") }
            func write(_ lines: [String]) throws -> String {
                let file = FileManager.default.temporaryDirectory.appending(path: "bill-\(UUID().uuidString).csv")
                try Data(lines.joined(separator: "\r\n").utf8).write(to: file)
                return file.path(percentEncoded: false)
            }
            let today = till.now.day
            let first = try await till.service.reconcile(
                .wechat, day: today, file: try write(lines.filter { !late.contains($0) }), by: till.act)
            #expect(first.differences == [.short: 1])
            till.wait(86_400)
            let second = try await till.service.reconcile(
                .wechat, day: till.now.day, file: try write([lines[0]] + late), by: till.act)
            #expect(second.differences == [:])
            #expect(second.explained == 1)
            let service = till.service
            #expect(try await till.database.read { try service.openDifferences(in: $0) }.items.isEmpty)
        }
    }

    @Test("a bill of many lines is read a piece at a time", arguments: TestDatabase.all)
    func long(_ kind: TestDatabaseKind) async throws {
        try await Rehearsal.run(on: kind) { rehearsal in
            let till = rehearsal.till
            let file = FileManager.default.temporaryDirectory.appending(path: "bill-\(UUID().uuidString).csv")
            defer { try? FileManager.default.removeItem(at: file) }
            let head = "交易时间,商户订单号,微信订单号,交易状态,商户退款单号,订单金额,申请退款金额\n"
            var text = head
            for line in 0..<12_345 { text += "`2026-03-02 16:00:00,`o_\(line),`42\(line),`SUCCESS,`0,`0.01,`0.00\n" }
            text += "总交易单数,应结订单总金额\n`12345,`123.45\n"
            try Data(text.utf8).write(to: file)
            let path = file.path(percentEncoded: false)
            let report = try await till.service.reconcile(.wechat, day: till.now.day, file: path, by: till.act)
            #expect(report.lines == 12_345)
            #expect(report.billed == Money(fen: 12_345))
            #expect(report.differences == [.long: 12_345])
        }
    }

    @Test("a file that is no bill is refused with a reason", arguments: ["\u{0}\u{1}", "交易时间,商户订单号\n"])
    func foreign(_ text: String) async throws {
        try await Rehearsal.run(on: .sqlite) { rehearsal in
            let till = rehearsal.till
            await #expect(throws: PaymentError.self) {
                try await till.service.reconcile(
                    .wechat, day: till.now.day, file: "/nonexistent/\(text.count)", by: till.act)
            }
            var reader = BillReader(.wechat)
            let found = try reader.take(text[...])
            #expect(found == nil)
        }
    }

    @Test("Alipay's and WeChat's own forms are read, and a line that is broken is a fault of the file")
    func forms() throws {
        var alipay = BillReader(.alipay)
        let comment = try alipay.take("#支付宝业务明细查询")
        let head = try alipay.take("支付宝交易号,商户订单号,业务类型,订单金额（元）,退款批次号/请求号")
        let refund = try alipay.take("2026\t,o_1\t,退款\t,-30.00\t,r1\t")
        #expect(comment == nil && head == nil)
        #expect(refund == BillLine(number: "o_1", refund: "r1", gatewayNumber: "2026", amount: Money(fen: 3_000)))
        for broken in ["2026\t,o_1\t,交易\t,三十\t,\t", "2026\t,o_1"] {
            var reader = alipay
            #expect(throws: PaymentError.self) { _ = try reader.take(broken[...]) }
        }
    }
}
