import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("The life of a licence after it was issued")
struct LicenceLifeTests {
    static let keeper = Seedling.act(Seedling.staff(agency: "卫健委", [LicenceService.manage.id]), "keeper")

    @Test(
        "whatever is tried in whatever order, only what the state permits happens, and the journal vouches for it",
        .covers("R06.11"), arguments: TestDatabase.all, 0..<4)
    func model(_ kind: TestDatabaseKind, seed: Int) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            var random = SeededGenerator(seed: UInt64(seed))
            var current = try await fixture.issue(ServiceFixture.birth())
            var model = LicenceStatus.valid
            var version = 1
            for step in 0..<40 {
                let act = Seedling.act(Self.keeper.actor, "step-\(step)")
                let operation = Operation.allCases.randomElement(using: &random) ?? .suspend
                let id = current.id
                let isAllowed = operation.from.contains(model)
                let change = Self.change(.replaced)
                do {
                    let new = try await fixture.database.write { transaction -> Licence? in
                        switch operation {
                        case .suspend: try service.suspend(id, basis: "文1", by: act, in: transaction)
                        case .resume: try service.resume(id, basis: "文2", by: act, in: transaction)
                        case .revoke:
                            try service.revoke(id, reason: .penalty, basis: "文3", by: act, in: transaction)
                        case .reissue: return try service.reissue(id, change, by: act, in: transaction)
                        }
                        return nil
                    }
                    #expect(isAllowed)
                    model = operation.to
                    version += 1
                    if let new {
                        let old = try #require(try await fixture.find(id))
                        #expect(old.status == .superseded && new.number == old.number)
                        (current, model, version) = (new, .valid, 1)
                    }
                } catch let error as LicenceError {
                    #expect(!isAllowed && error.code == .notInForce)
                }
                let found = try #require(try await fixture.find(current.id))
                #expect(found.status == model && found.version == version)
                #expect(found.isInForce(on: LicenceFixture.now.day) == (model == .valid))
                if model == .revoked {
                    #expect(found.standing(on: LicenceFixture.now.day) == "已吊销")
                    current = try await fixture.issue(
                        ServiceFixture.birth(), by: Seedling.act(.system("test"), "again-\(step)"))
                    (model, version) = (.valid, 1)
                }
            }
            #expect(try await LicenceAuditTests.verify(fixture).findings == [])
        }
    }

    private enum Operation: CaseIterable {
        case suspend, resume, revoke, reissue

        var from: Set<LicenceStatus> {
            switch self {
            case .suspend, .reissue: [.valid]
            case .resume: [.suspended]
            case .revoke: [.valid, .suspended]
            }
        }

        var to: LicenceStatus {
            switch self {
            case .suspend: .suspended
            case .resume, .reissue: .valid
            case .revoke: .revoked
            }
        }
    }

    private static func change(
        _ ground: LicenceChangeGround, _ fields: [LicenceField] = [], until: LegalDay? = nil
    ) -> LicenceChange {
        var change = LicenceChange()
        (change.ground, change.basis, change.fields, change.validUntil) = (ground, "岳卫决〔2026〕3号", fields, until)
        return change
    }

    @Test(
        "a changed licence is the next version with the new content, and its file verifies", arguments: TestDatabase.all
    )
    func changed(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let old = try await fixture.issue(ServiceFixture.birth())
            let change = Self.change(
                .corrected, [LicenceField("性别", "女"), LicenceField("母亲姓名", ""), LicenceField("备注", "第二胎")])
            let new = try await fixture.database.write { [act = Self.keeper] in
                try service.reissue(old.id, change, by: act, in: $0)
            }
            #expect(new.statement.fields == [LicenceField("性别", "女"), LicenceField("备注", "第二胎")])
            let version = try LicenceIdentifier(try #require(old.identifier)).nextVersion()
            #expect(new.identifier == version.text)
            let file = try await service.file(of: new.id, by: Seedling.act()).bytes
            #expect(try await service.verify(file, at: LicenceFixture.now).verdict == .valid)
            #expect(
                try await fixture.events(of: new) == ["licence.issued", "licence.reissued", "licence.looked_up"])
            #expect(try await fixture.events(of: old) == ["licence.issued", "licence.superseded"])
            let standing = try await service.standing(of: old.id)
            #expect(standing?.basis == "岳卫决〔2026〕3号")
        }
    }

    @Test("a change that changes nothing, or more than its ground permits, is told with every fault")
    func faults() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let today = LicenceFixture.now.day
            let faults: [(LicenceChange, [String])] = [
                (Self.change(.changed), ["licences.change.nothing"]),
                (Self.change(.replaced, [LicenceField("性别", "女")]), ["licences.change.not_replaced"]),
                (Self.change(.renewed, [LicenceField("性别", "女")]), ["licences.change.no_day"]),
                (Self.change(.renewed, until: today.adding(days: -1)), ["licences.change.past"]),
                (
                    Self.change(.changed, [LicenceField("性别", "男"), LicenceField("性别", "男")]),
                    ["licences.change.repeated", "licences.change.nothing"]
                ),
                (Self.change(.replaced), []), (Self.change(.renewed, until: today), []),
            ]
            for (change, codes) in faults {
                #expect(change.findings(for: licence, on: today).map(\.code) == codes)
            }
            let elsewhere = try await fixture.issue(ServiceFixture.marriage { $0.issuer = ServiceFixture.health })
            let error = await #expect(throws: LicenceError.self) {
                try await fixture.database.write { [service = fixture.service, act = Self.keeper] in
                    _ = try service.reissue(elsewhere.id, Self.change(.replaced), by: act, in: $0)
                }
            }
            #expect(error?.code == .notOurs)
        }
    }

    @Test(
        "a suspended licence serves in no case and fails verification until it is resumed", arguments: TestDatabase.all)
    func suspended(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth())
            let file = try await service.file(of: licence.id, by: Seedling.act()).bytes
            func held() async throws -> Bool {
                try await fixture.database.read {
                    try !service.held(
                        by: [Seedling.identifier("child")], types: ["出生医学证明"], on: LicenceFixture.now.day, in: $0
                    ).isEmpty
                }
            }
            try await fixture.database.write { [act = Self.keeper] in
                try service.suspend(licence.id, basis: "文1", by: act, in: $0)
            }
            #expect(
                try await service.verify(file, at: LicenceFixture.now).failures.map(\.code)
                    == ["licence.status.suspended"])
            #expect(try await !held())
            try await fixture.database.write { [act = Seedling.act(Self.keeper.actor, "resume")] in
                try service.resume(licence.id, basis: "文2", by: act, in: $0)
            }
            #expect(try await service.verify(file, at: LicenceFixture.now).verdict == .valid)
            #expect(try await held())
        }
    }

    @Test(
        "the agency finds what it issued by number or identifier; another agency does not", arguments: TestDatabase.all)
    func found(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth { $0.number = "P430600 0001" })
            for wanted in ["p4306000001", licence.identifier ?? ""] {
                #expect(try await service.issued(numbered: wanted, by: Self.keeper).map(\.id) == [licence.id])
            }
            #expect(try await service.issued(by: Self.keeper).map(\.id) == [licence.id])
            let police = Seedling.act(Seedling.staff(agency: "公安局", [LicenceService.manage.id]), "police")
            #expect(try await service.issued(numbered: "P4306000001", by: police).isEmpty)
            await #expect(throws: Problem.forbidden) {
                _ = try await service.issued(by: Seedling.act(Seedling.staff(agency: "卫健委"), "clerk"))
            }
        }
    }

    @Test(
        "what happened last stands in the history however often the licence was looked at", arguments: TestDatabase.all)
    func longHistory(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth())
            let mother = Seedling.act(Seedling.person("mother"), "look")
            for _ in 0..<220 { _ = try await service.licence(licence.id, by: mother) }
            try await service.flushLookUps()
            try await fixture.database.write { [act = Self.keeper] in
                try service.suspend(licence.id, basis: "文1", by: act, in: $0)
            }
            let lines = try await service.history(of: licence).lines
            #expect(lines.count == LicenceHistory.limit && lines.first?.title == "暂扣")
        }
    }

    @Test("a step without the number of a decision is refused at every surface, the command line's too")
    func basis() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            for basis in ["", "  ", String(repeating: "文", count: 81)] {
                let error = await #expect(throws: LicenceError.self) {
                    try await fixture.database.write { [service = fixture.service, act = Self.keeper] in
                        try service.suspend(licence.id, basis: basis, by: act, in: $0)
                    }
                }
                #expect(error?.findings.map(\.field) == ["basis"])
            }
        }
    }

    @Test("its history tells what happened and who looked, newest first, by no name", arguments: TestDatabase.all)
    func history(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth())
            try await fixture.database.write { [act = Self.keeper] in
                try service.revoke(licence.id, reason: .cancelled, basis: "文1", by: act, in: $0)
            }
            let mother = Seedling.act(Seedling.person("mother"), "look")
            let shown = try await service.licence(licence.id, by: mother)
            let lines = try await service.history(of: shown).lines
            #expect(lines.map(\.title) == ["查看", "注销", "签发"])
            #expect(lines.map(\.who) == ["本人或有权的人", "工作人员", "系统"])
            let again = try await service.history(of: licence.id, by: mother).lines
            #expect(again.map(\.title) == ["查看", "查看", "注销", "签发"], "the look at the history is one too")
            await #expect(throws: LicenceError.self) {
                _ = try await service.history(of: licence.id, by: Seedling.act(Seedling.person("stranger"), "look"))
            }
        }
    }
}

extension ServiceFixture {
    func find(_ id: Identifier) async throws -> Licence? {
        let service = service
        return try await database.read { try service.register.find(id, in: $0) }
    }
}
