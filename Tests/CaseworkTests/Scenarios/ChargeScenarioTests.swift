import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("An item with a fee")
struct ChargeScenarioTests {
    private static let answers: Answers = ["用途": "住宅", "申请人类型": "个人", "抵押方式": "一般抵押"]
    private static let form = [
        "property_number": "湘（2026）岳阳市不动产权第0000001号", "property_address": "岳阳楼区示例路1号",
        "creditor_name": "示例银行岳阳分行", "secured_amount": "300000.00",
    ]

    private func submitted(_ world: World, _ answers: Answers = answers) async throws -> Identifier {
        let draft = try await world.casework.begin(theme: "mortgage", answers: answers, by: world.mother)
        let change = world.mother
        let form = answers["申请人类型"] == "个人" ? Self.form : Self.form.merging(["owner_name": "示例茶业"]) { $1 }
        _ = try await world.write { [casework = world.casework] in
            try casework.fill(draft.id, values: form, by: change, in: $0)
        }
        for slot in ["title-deed", "loan-contract", "mortgage-contract"] { _ = try await world.attach(draft.id, slot) }
        return try await world.submit(draft.id).id
    }

    /// What payment tells when an order is paid, as the outbox hands it over.
    private func pay(_ world: World, _ id: Identifier, order: Identifier) async throws {
        let heard = world.casework.contributions.compactMap { $0 as? On }.filter { $0.event == "payment.received" }
        let act = Act(actor: .system("outbox"), now: world.now)
        try await world.database.write { transaction in
            for on in heard {
                try on.handle(#"{"caseID":"\#(id)","item":"E23","order":"\#(order)"}"#, act, transaction)
            }
        }
    }

    @Test("its clock stands still until the fee is paid, and only then it is decided", arguments: TestDatabase.all)
    func paid(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await submitted(world)
            let accepted = try await world.accept(id)
            let task = try #require(accepted.task("E23"))
            #expect(task.state == .unpaid)
            #expect(task.charge?.amount == Money(fen: 8_000))
            #expect(accepted.state == .inProgress)
            let request = try #require(world.till.requests.first)
            #expect(request.fees.map(\.fee.title) == ["不动产登记费（住宅）"])
            #expect(request.caseNumber == accepted.number)
            let early = world.officer("资规")
            await #expect(throws: CaseworkError.self) {
                try await world.grant("E23", id, ["certificate": ["number": "湘1"]], by: early)
            }
            world.wait(.seconds(5 * 86_400))
            let waiting = try await world.casework.sight(of: id, by: world.mother)
            #expect(waiting.file.timeSpent(at: world.now).applicant == 5 * 86_400_000)
            let order = try #require(task.charge?.order)
            try await pay(world, id, order: order)
            // The same news again changes nothing.
            try await pay(world, id, order: order)
            let gone = try await world.casework.sight(of: id, by: world.system).file
            #expect(gone.task("E23")?.state == .open)
            // Paid on a Saturday: the promise is the next working day, five days after it was first due.
            #expect(gone.task("E23")?.due?.day.text == "2026-03-09")
            let granted = try await world.grant(
                "E23", id, ["certificate": ["number": "湘（2026）第1号"]], by: world.officer("资规"))
            #expect(granted.state == .completed)
            #expect(
                try await world.events(of: granted).suffix(6) == [
                    "case.accepted", "case.item_opened", "case.charge_demanded", "case.charge_settled",
                    "case.item_decided", "case.completed",
                ])
        }
    }

    @Test("a small enterprise is exempt: it never sees a till and the item is open at once")
    func exempt() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await submitted(world, ["用途": "非住宅", "申请人类型": "小微企业或个体工商户", "抵押方式": "一般抵押"])
            let accepted = try await world.accept(id)
            #expect(accepted.task("E23")?.state == .open)
            #expect(accepted.task("E23")?.charge == nil)
            #expect(world.till.requests.first?.fees.map(\.due) == [.zero])
        }
    }

    @Test("who takes the case back before paying is asked for nothing any more")
    func withdrawn() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await submitted(world)
            let order = try #require(try await world.accept(id).task("E23")?.charge?.order)
            let mother = world.mother
            let file = try await world.write { [casework = world.casework] in
                try casework.withdraw(id, by: mother, in: $0)
            }
            #expect(file.state == .withdrawn)
            #expect(file.waits.allSatisfy { $0.end != nil })
            // Money that comes all the same does not bring the case back; payment sends it home.
            try await pay(world, id, order: order)
            #expect(try await world.casework.sight(of: id, by: world.system).file.state == .withdrawn)
        }
    }

    @Test("silence accepts an item with a fee as well, and the fee is due then")
    func deemed() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await submitted(world)
            world.wait(.seconds(12 * 86_400))
            let act = world.system
            _ = try await world.casework.deemAccepted(by: act)
            let file = try await world.casework.sight(of: id, by: world.system).file
            #expect(file.acceptance?.mode == .deemed)
            #expect(file.task("E23")?.state == .unpaid)
        }
    }
}
