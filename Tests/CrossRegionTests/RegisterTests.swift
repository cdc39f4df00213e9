import Cryptography
import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import CrossRegion

@Suite("Lists, partners and agreements across regions")
struct RegisterTests {
    private func item(_ scope: Scope, _ code: String, _ places: Places) -> ListedItemInput {
        var input = ListedItemInput()
        input.scope = scope
        input.code = code
        input.title = "事项\(code)"
        input.department = "人社"
        input.place = "全市各级政务服务大厅"
        input.startsOn = places.net.now.day
        return input
    }

    private func add(_ input: ListedItemInput, _ places: Places, by act: Act? = nil) async throws -> ListedItem {
        let act = act ?? places.net.act()
        return try await places.here.database.write { [here = places.here] in
            try here.lists.add(input, by: act, in: $0)
        }
    }

    @Test(
        "three lists are counted against their targets, and an item that is taken off counts no more",
        .covers("R13.1", "R13.2", "R13.3"), arguments: TestDatabase.all)
    func counters(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let here = places.here
            for number in 1...3 { _ = try await add(item(.city, "C0\(number)", places), places) }
            let leaving = try await add(item(.province, "P01", places), places)
            _ = try await add(item(.province, "P02", places), places)
            _ = try await add(item(.nation, "C01", places), places)
            var later = item(.nation, "N02", places)
            later.startsOn = places.net.now.day.adding(days: 1)
            _ = try await add(later, places)
            let (day, act) = (places.net.now.day, places.net.act())
            _ = try await here.database.write {
                try here.lists.remove(leaving.id, on: day, reason: "并入别的事项", by: act, in: $0)
            }
            let figures = try await here.figures(by: places.net.act()).scopes
            #expect(figures.map(\.scope) == [.city, .province, .nation])
            #expect(figures.map(\.items) == [3, 1, 1])
            #expect(figures.map(\.target) == [180, 300, 140])
            let page = try await here.database.read {
                try here.lists.items(.city, on: day, after: "C01", limit: 1, in: $0).map(\.code)
            }
            #expect(page == ["C02"])
            #expect(
                await places.refusal { _ = try await add(item(.city, "C01", places), places) } == [
                    "cross-region.listed_already"
                ])
            let nobody = places.net.act(.anonymous(terminal: .portal))
            #expect(
                await places.refusal { _ = try await add(item(.city, "C09", places), places, by: nobody) } == [
                    "access.forbidden"
                ])
        }
    }

    @Test(
        "a partner is trusted by its keys and its days, and every finding is told at once",
        .covers("R13.4", "R13.7"), arguments: TestDatabase.all)
    func partners(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let (here, net) = (places.here, places.net)
            var wrong = PartnerInput()
            wrong.code = "430600"
            wrong.name = "自己"
            wrong.address = "http://elsewhere.test"
            wrong.signing = "x"
            wrong.reading = "y"
            let (input, act) = (wrong, net.act())
            #expect(
                await places.refusal {
                    _ = try await here.database.write { try here.partners.record(input, by: act, in: $0) }
                } == ["input.invalid", "code", "address", "signing"])
            let found = try #require(
                try await here.database.read { try here.partners.partner("320500", in: $0) })
            #expect(found.card.fingerprint == (try await places.there.card(by: net.act()).fingerprint))
            #expect(found.isTrusted(on: net.now.day))
            #expect(
                await places.refusal {
                    try await places.agree(here, with: "110000", .ours, .collect, number: "x") {
                        $0.items[0].agency = ""
                        $0.items += $0.items
                        $0.endsOn = $0.startsOn
                    }
                } == ["input.invalid", "partner", "items", "ends_on", "items[0].agency", "items[1].agency"])
            #expect(
                await places.refusal { try await places.agree(here, with: "320500", .theirs, .collect) } == [
                    "cross-region.agreed_already"
                ])
        }
    }

    @Test("an agreement that has ended takes nothing new, and what is under way is finished", .covers("R13.4"))
    func ended() async throws {
        try await Places.run(.sqlite) { places in
            let (here, net) = (places.here, places.net)
            let first = try await places.file()[0]
            try await places.settle()
            let agreement = try #require(
                try await here.database.read { try here.partners.agreements(in: $0).first })
            let (day, act) = (net.now.day, net.act())
            _ = try await here.database.write {
                try here.partners.end(agreement: agreement.id, on: day, reason: "到期", by: act, in: $0)
            }
            #expect(await places.refusal { try await places.file() } == ["input.invalid", "parts[0]"])
            try await places.accept(first.id)
            try await places.decide(first.id)
            try await places.settle()
            #expect(try await places.states(first.id) == [.granted, .granted])
        }
    }

    @Test("the journal vouches for lists, partners, agreements and cases", arguments: TestDatabase.all)
    func vouched(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let here = places.here
            _ = try await add(item(.city, "C01", places), places)
            let filed = try await places.file()[0]
            try await places.settle()
            try await places.accept(filed.id)
            try await places.settle()
            let checks = [
                here.lists.state.check(), here.partners.partnerState.check(), here.partners.agreementState.check(),
                here.cases.state.check(),
            ]
            let key = try SM2.PrivateKey.generate().publicKey
            #expect(try await Journal.verify(here.database, publicKey: key, checks: checks).findings == [])
            for change in [
                "UPDATE cross_region_item SET place = '别处'",
                "UPDATE cross_region_partner SET address = 'https://evil.test'",
                "UPDATE cross_region_agreement SET decider = '本方'", "UPDATE cross_region_case SET state = '准予'",
            ] { try await here.database.write { _ = try $0.execute(change) } }
            #expect(try await Journal.verify(here.database, publicKey: key, checks: checks).findings.count == 4)
        }
    }

    @Test("what is sealed is sealed anew when the data keys rotate", arguments: TestDatabase.all)
    func rotation(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let id = try await places.file()[0].id
            let card = try await places.here.card(by: places.net.act())
            let (database, tools) = (places.here.database, try places.kernel.services(KernelTools.self))
            func keys() async throws -> Set<UInt8> {
                try await database.read { snapshot in
                    let boxes = try [
                        "document FROM cross_region_case", "bytes FROM cross_region_paper",
                        "body FROM cross_region_message", "secret FROM cross_region_key",
                    ]
                    .flatMap { try snapshot.rows("SELECT \($0)") }
                    return Set(
                        try boxes.map { row in
                            let column = ["document", "bytes", "body", "secret"].first {
                                (try? row.get($0, as: [UInt8].self)) != nil
                            }
                            return try row.get(column ?? "document", as: [UInt8].self)[4]
                        })
                }
            }
            let before = try await keys()
            _ = try await KeyRotation(tools.encryptedColumns).run(
                on: database, keyring: tools.foundation.keyring, at: places.net.now, settle: .zero
            ) { _ in }
            let after = try await keys()
            #expect(before.count == 1 && after.count == 1 && before != after)
            #expect(try await places.find(places.here, id)?.document.name == "张三")
            #expect(try await places.here.card(by: places.net.act()).fingerprint == card.fingerprint)
            try await places.settle()
            #expect(try await places.states(id) == [.filed, .filed])
        }
    }
}
