import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Payment

@Suite("What the audit finds of drawers changed behind the program's back")
struct DrawerAuditTests {
    private func findings(_ till: Till) async throws -> [String] {
        let checks = till.service.contributions.compactMap { $0 as? StateCheck }
        let key = try SM2.PrivateKey.generate().publicKey
        return try await Journal.verify(till.database, publicKey: key, checks: checks).findings.map { "\($0)" }
    }

    /// A shift in which 80 yuan came in and 79.50 were counted, and the next one.
    private func shifts(_ till: Till) async throws -> (closed: Identifier, open: Identifier) {
        let service = till.service
        let order = try #require(try await till.charge())
        let acts = (0..<4).map { _ in till.cashier() }
        _ = try await till.write { try service.openDrawer(by: acts[0], in: $0) }
        _ = try await till.write { try service.takeAtWindow(order.id, on: .cash, by: acts[1], in: $0) }
        let closed = try await till.write {
            try service.closeDrawer(counted: Money(fen: 7_950), by: acts[2], in: $0)
        }
        return (closed.id, try await till.write { try service.openDrawer(by: acts[3], in: $0) }.id)
    }

    @Test(
        "every change of a drawer or of its close-out by SQL is found", arguments: TestDatabase.all,
        [
            "UPDATE payment_drawer SET counted = 8000 WHERE id = '$1'",
            "UPDATE payment_drawer SET expected = 7950 WHERE id = '$1'",
            "UPDATE payment_drawer SET account = 'x' WHERE id = '$1'",
            "UPDATE payment_drawer SET closed_at = opened_at, expected = 0, counted = 0 WHERE id = '$2'",
            "UPDATE payment_drawer SET opened_at = opened_at + 1 WHERE id = '$2'",
            "DELETE FROM payment_drawer WHERE id = '$2'",
            "DELETE FROM payment_entry WHERE reference = '$1' AND kind = 'difference'",
            "UPDATE payment_entry SET fen = 7900 WHERE reference = '$1' AND kind = 'deposited'",
            "UPDATE payment_entry SET debit = credit, credit = debit WHERE reference = '$1' AND kind = 'difference'",
        ])
    func tampered(_ kind: TestDatabaseKind, _ statement: String) async throws {
        try await Till.run(on: kind) { till in
            let drawers = try await shifts(till)
            #expect(try await findings(till) == [])
            try await till.write { transaction in
                let text = statement.replacing("$1", with: drawers.closed.text)
                _ = try transaction.execute(text.replacing("$2", with: drawers.open.text))
            }
            #expect(try await findings(till) != [])
        }
    }
}
