import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Payment

@Suite("Money at the window")
struct WindowTests {
    @Test("cash goes into the clerk's drawer, and what is missing at close-out is booked", arguments: TestDatabase.all)
    func cash(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            let order = try #require(try await till.charge())
            let service = till.service
            let early = till.cashier()
            await #expect(throws: PaymentError.noDrawer) {
                try await till.write { try service.takeAtWindow(order.id, on: .cash, by: early, in: $0) }
            }
            let opening = till.cashier()
            let drawer = try await till.write { try service.openDrawer(by: opening, in: $0) }
            let reopening = till.cashier()
            #expect(try await till.write { try service.openDrawer(by: reopening, in: $0) } == drawer)
            let taking = till.cashier()
            let paid = try await till.write { try service.takeAtWindow(order.id, on: .cash, by: taking, in: $0) }
            #expect(paid.state == .paid)
            #expect(try await till.events(order) == ["payment.demanded", "payment.received"])
            #expect(try await till.database.read { try service.content(of: drawer.id, in: $0) } == Money(fen: 8_000))
            let again = till.cashier()
            await #expect(throws: PaymentError.self) {
                try await till.write { try service.takeAtWindow(order.id, on: .cash, by: again, in: $0) }
            }
            let closing = till.cashier()
            let closed = try await till.write {
                try service.closeDrawer(counted: Money(fen: 7_950), by: closing, in: $0)
            }
            #expect(closed.expected == Money(fen: 8_000))
            #expect(closed.counted == Money(fen: 7_950))
            let report = try await service.check()
            #expect(report.faults == [])
            #expect(report.balances["vault"] == Money(fen: 7_950))
            #expect(report.balances["difference"] == Money(fen: 50))
            #expect(report.balances["drawer:\(drawer.id)"] == nil)
        }
    }

    @Test("a card needs the slip's number, and no slip pays twice", arguments: TestDatabase.all)
    func card(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            let (first, second) = (try #require(try await till.charge()), try #require(try await till.charge()))
            let service = till.service
            let act = till.cashier()
            await #expect(throws: PaymentError.self) {
                try await till.write { try service.takeAtWindow(first.id, on: .card, by: act, in: $0) }
            }
            _ = try await till.write { try service.takeAtWindow(first.id, on: .card, slip: "000123", by: act, in: $0) }
            let other = till.cashier()
            await #expect(throws: StorageError.self) {
                try await till.write {
                    try service.takeAtWindow(second.id, on: .card, slip: "000123", by: other, in: $0)
                }
            }
            #expect(try await service.check().isSound)
        }
    }

    @Test("a refund above the limit needs a second person", arguments: TestDatabase.all)
    func secondPerson(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            till.fees.publish([
                PublishedFee(title: "不动产登记费", basis: "2559号", amount: Money(fen: 55_000 * 2))
            ])
            let order = try #require(try await till.charge())
            let service = till.service
            let opening = till.cashier()
            _ = try await till.write { try service.openDrawer(by: opening, in: $0) }
            let taking = till.cashier()
            _ = try await till.write { try service.takeAtWindow(order.id, on: .cash, by: taking, in: $0) }
            let asking = till.cashier()
            let asked = try await till.write {
                try service.askRefund(of: order.id, Money(fen: 60_000), .overcharged, by: asking, in: $0)
            }
            #expect(asked.refund.state == .waiting)
            // What is asked for is held back from every other refund.
            let greedy = till.cashier(41)
            await #expect(throws: PaymentError.self) {
                try await till.write {
                    try service.askRefund(of: order.id, Money(fen: 50_001), .overcharged, by: greedy, in: $0)
                }
            }
            let own = till.cashier()
            await #expect(throws: PaymentError.self) {
                try await till.write {
                    try service.judge(asked.refund.id, of: order.id, isApproved: true, by: own, in: $0)
                }
            }
            let second = till.cashier(41)
            _ = try await till.write {
                try service.judge(asked.refund.id, of: order.id, isApproved: true, by: second, in: $0)
            }
            let handing = till.cashier()
            let after = try await till.write {
                try service.handOut(asked.refund.id, of: order.id, by: handing, in: $0)
            }
            #expect(after.refunded == Money(fen: 60_000))
            #expect(after.state == .paid)
            let twice = till.cashier()
            await #expect(throws: PaymentError.self) {
                try await till.write { try service.handOut(asked.refund.id, of: order.id, by: twice, in: $0) }
            }
            #expect(
                try await till.events(order) == [
                    "payment.demanded", "payment.received", "payment.refund_asked", "payment.refund_judged",
                    "payment.refunded",
                ])
            #expect(try await service.check().faults == [])
        }
    }

    @Test("a declined refund gives back what it held", arguments: TestDatabase.all)
    func declined(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            till.fees.publish([PublishedFee(title: "不动产登记费", basis: "2559号", amount: Money(fen: 100_000))])
            let order = try #require(try await till.charge())
            let service = till.service
            let card = till.cashier()
            _ = try await till.write { try service.takeAtWindow(order.id, on: .card, slip: "1", by: card, in: $0) }
            let asking = till.cashier()
            let asked = try await till.write {
                try service.askRefund(of: order.id, Money(fen: 100_000), .reduction, by: asking, in: $0)
            }
            let second = till.cashier(41)
            let after = try await till.write {
                try service.judge(asked.refund.id, of: order.id, isApproved: false, by: second, in: $0)
            }
            #expect(after.refundable == Money(fen: 100_000))
            #expect(try await service.check().isSound)
        }
    }
}
