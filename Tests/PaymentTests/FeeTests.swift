import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Payment

@Suite("Fees")
struct FeeTests {
    @Test("a published fee becomes due with its amount and is charged once", arguments: TestDatabase.all)
    func charged(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            let order = try #require(try await till.charge())
            #expect(order.due == Money(fen: 8_000))
            #expect(order.state == .due)
            #expect(try await till.events(order) == ["payment.demanded"])
            let service = till.service
            let act = till.act
            let again = try await till.write { transaction in
                try service.demand(
                    FeeDemand(
                        division: order.division, caseID: order.caseID, caseNumber: "430602-1", theme: "v1",
                        item: order.item, party: order.party, person: order.person,
                        lines: [.init(fee: "不动产登记费")]), by: act, in: transaction)
            }
            #expect(again?.id == order.id)
            let report = try await service.check()
            #expect(report.isSound)
            #expect(report.balances == ["receivable": Money(fen: 8_000), "revenue:E23": Money(fen: -8_000)])
        }
    }

    @Test("a fee that is not in the published list is charged by nobody", arguments: TestDatabase.all)
    func unlisted(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            #expect(try await till.charge([.init(fee: "加急费")]) == nil)
            let both = try #require(try await till.charge([.init(fee: "加急费"), .init(fee: "不动产登记费")]))
            #expect(both.due == Money(fen: 8_000))
            await #expect(throws: PaymentError.self) {
                try await till.charge([.init(fee: "不动产登记费", reduction: "领导批示")])
            }
            // Nor by whoever writes past the program: the database knows the published amounts.
            await #expect(throws: StorageError.self) {
                try await till.write { transaction in
                    try transaction.execute(
                        """
                        INSERT INTO payment_line (division, order_id, position, tariff, title, fen)
                        VALUES ('430602', ?, 2, (SELECT tariff FROM payment_line WHERE order_id = ?), '加急费', 9000)
                        """, both.id, both.id)
                }
            }
        }
    }

    @Test("an exempt person never sees a till, and the case counts as free", arguments: TestDatabase.all)
    func exempt(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            #expect(try await till.charge([.init(fee: "不动产登记费", reduction: "小微企业免收")]) == nil)
            let half = try #require(try await till.charge([.init(fee: "不动产登记费", reduction: "减半")]))
            #expect(half.due == Money(fen: 4_000))
            let service = till.service
            let cashier = till.cashier()
            _ = try await till.write { try service.openDrawer(by: cashier, in: $0) }
            let second = till.cashier()
            _ = try await till.write { try service.takeAtWindow(half.id, on: .cash, by: second, in: $0) }
            let figures = try await service.zeroPayment(from: till.now.day, until: till.now.day)
            #expect(figures.cases == 2)
            #expect(figures.free == 1)
            #expect(figures.waived == Money(fen: 12_000))
            #expect(figures.paid == Money(fen: 4_000))
        }
    }

    @Test("the database itself refuses what would unbalance the books", arguments: TestDatabase.all)
    func constraints(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            let order = try #require(try await till.charge())
            let attacks = [
                "UPDATE payment_entry SET fen = 0", "UPDATE payment_entry SET fen = -1",
                "UPDATE payment_entry SET debit = credit", "UPDATE payment_entry SET credit = NULL",
                "UPDATE payment_order SET paid = 1", "UPDATE payment_order SET paid = due",
                "UPDATE payment_order SET state = 'paid'", "UPDATE payment_order SET refunded = 1",
                "UPDATE payment_order SET due = -8000", "UPDATE payment_order SET due = 9000000000000000000",
                "UPDATE payment_line SET fen = 1",
            ]
            for attack in attacks {
                await #expect(throws: StorageError.self, "\(attack)") {
                    try await till.write { _ = try $0.execute(attack) }
                }
            }
            #expect(try await till.service.check().isSound)
            #expect(try await till.file(order.id).order == order)
        }
    }

    @Test("the check finds what was changed behind the program's back", arguments: TestDatabase.all)
    func changed(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            _ = try await till.charge()
            try await till.write { _ = try $0.execute("UPDATE payment_entry SET fen = fen + 1") }
            let report = try await till.service.check()
            #expect(report.sum == 0)
            #expect(!report.isSound)
        }
    }

    @Test("the check finds an entry that belongs to nothing, though the sum is zero", arguments: TestDatabase.all)
    func stray(_ kind: TestDatabaseKind) async throws {
        try await Till.run(on: kind) { till in
            _ = try await till.charge()
            _ = try await till.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO payment_entry (division, id, kind, reference, debit, credit, fen, at)
                    VALUES ('430602', 'x', 'paid', 'x', 'vault', 'channel:wechat', 100, 0)
                    """)
            }
            let report = try await till.service.check()
            #expect(report.sum == 0)
            #expect(report.faults.count == 1)
        }
    }
}
