import Catalogue
import Extension
import Messaging
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@testable import Casework

@Suite("What people are told of their cases")
struct CaseNoticeTests {
    /// The drafts that a case's events give rise to, in their order.
    private func drafts(
        _ world: World, of file: CaseFile, kinds: [String] = ["case"]
    ) async throws -> [NoticeDraft] {
        let notifies = world.casework.contributions.compactMap { $0 as? Notify }
        let act = world.system
        return try await world.database.read { snapshot in
            var drafts: [NoticeDraft] = []
            for kind in kinds {
                let stream = StreamID(division: file.division, kind: kind, id: file.id.text)
                for record in try Journal.entries(of: stream, limit: 200, in: snapshot) {
                    for notify in notifies where notify.event == record.entry.type {
                        drafts += try notify.drafts(record.entry.body, act, snapshot)
                    }
                }
            }
            return drafts
        }
    }

    @Test("every kind of notice has a wording without fault, and every variable that it says is meant")
    func wordings() {
        var seen: Set<String> = []
        for kind in CaseNotices.all {
            #expect(seen.insert(kind.key).inserted)
            for variable in kind.variables { #expect(!variable.meaning.isEmpty && !variable.sample.isEmpty) }
        }
    }

    @Test("an accepted case tells its applicant with the paper that says the same", arguments: TestDatabase.all)
    func accepted(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await world.submitted().id
            let file = try await world.accept(id)
            let told = try await drafts(world, of: file)
            #expect(told.map(\.kind) == ["case.accepted"])
            let draft = try #require(told.first)
            #expect(draft.addressee == .known(Recipient(party: file.applicant.party, person: file.applicant.person)))
            #expect(draft.values["事项"] == "新生儿出生一件事")
            #expect(draft.values["办件编号"] == file.number)
            #expect(draft.values["办理期限"] == file.due?.day.chineseDate)
            #expect(draft.paper?.id == file.papers?.first { $0.kind == .acceptance }?.id)
            #expect(draft.link?.path == "/cases/\(file.id)")
        }
    }

    @Test(
        "a correction is told with every fault and the day, then reminded of once, before that day", .covers("R12.1"),
        arguments: TestDatabase.all)
    func correction(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await world.submitted().id
            let clerk = world.clerk
            let file = try await world.write { [casework = world.casework] in
                try casework.requestCorrection(
                    id,
                    faults: [
                        Fault(target: "form.birth_place", text: "请写全称。"),
                        Fault(target: "material.registration-form", text: "照片不清楚。"),
                    ], by: clerk, in: $0)
            }
            let told = try await drafts(world, of: file)
            #expect(told.map(\.kind) == ["case.correction_requested"])
            #expect(told.first?.values["问题数"] == "2")
            #expect(told.first?.values["问题清单"]?.contains("请写全称。") == true)
            #expect(told.first?.values["问题清单"]?.contains("照片不清楚。") == true)
            #expect(told.first?.values["补正期限"] == "2026年3月16日")

            // Its own subscription notes the day; ten working days from the second of March, two of them left.
            try await runObservers(world, of: file)
            try world.set("2026-03-11T01:00:00Z")
            _ = try await world.casework.remindDue(by: world.system)
            #expect(try await drafts(world, of: file, kinds: ["case-reminder"]).isEmpty)
            try world.set("2026-03-12T01:00:00Z")
            for _ in 0..<2 { _ = try await world.casework.remindDue(by: world.system) }
            let reminded = try await drafts(world, of: file, kinds: ["case-reminder"])
            #expect(reminded.map(\.kind) == ["case.correction_due"])
            #expect(reminded.first?.values["补正期限"] == "2026年3月16日")
        }
    }

    @Test("who has corrected is not reminded any more")
    func corrected() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            let clerk = world.clerk
            let file = try await world.write { [casework = world.casework] in
                try casework.requestCorrection(
                    id, faults: [Fault(target: "form.birth_place", text: "请写全称。")], by: clerk, in: $0)
            }
            try await runObservers(world, of: file)
            let mother = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(id, values: ["birth_place": "岳阳市妇幼保健院东院"], by: mother, in: $0)
            }
            _ = try await world.submit(id)
            try world.set("2026-03-12T01:00:00Z")
            _ = try await world.casework.remindDue(by: world.system)
            #expect(try await drafts(world, of: file, kinds: ["case-reminder"]).isEmpty)
        }
    }

    @Test(
        "each decision is told once with its paper, then the end with where the results are",
        arguments: TestDatabase.all)
    func decided(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            for item in ["P01", "P02", "P03", "P04"] { _ = try await world.grant(item, id) }
            let file = try await world.grant("P05", id)
            #expect(file.state == .completed)
            let told = try await drafts(world, of: file)
            #expect(
                told.map(\.kind) == ["case.accepted"] + [String](repeating: "case.item_granted", count: 5)
                    + ["case.completed"])
            #expect(Set(told.map(\.occasion)) == ["", "P01", "P02", "P03", "P04", "P05"])
            #expect(told[1].paper != nil && told[1].sender == "本地卫健")
            #expect(told.last?.values["领取办法"] == "纸质结果请带身份证到政务服务窗口领取；有账号的，登录后在“我的证照”里也能查看。")
        }
    }

    @Test("a refusal is told with its reasons, which stay out of the short message")
    func refused() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            let officer = world.officer("卫健")
            let file = try await world.write { [casework = world.casework] in
                try casework.refuse("P01", of: id, reason: "不是本市出生", remedy: "六十日内可申请复议", by: officer, in: $0)
            }
            let draft = try #require(try await drafts(world, of: file).last)
            #expect(draft.kind == "case.item_refused")
            #expect(draft.values["理由"] == "不是本市出生")
            #expect(draft.paper?.title.isEmpty == false)
            #expect(!CaseNotices.itemRefused.wording.short.contains("{理由}"))
        }
    }

    @Test(
        "a party who is asked to agree is told once, through the number that the form names",
        arguments: TestDatabase.all)
    func asked(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.begin()
            let mother = world.mother
            let again = try await world.write { [casework = world.casework] in
                try casework.fill(file.id, values: ["birth_place": "别处"], by: mother, in: $0)
            }
            let told = try await drafts(world, of: again, kinds: ["case-asking"])
            #expect(told.map(\.addressee) == [.holder(ofNumber: "430602190904265454")])
            #expect(told.first?.values["申请人"] == "李晓梅")
            #expect(told.first?.kind == "case.consent_asked")
        }
    }

    /// Runs casework's own subscriptions for the events of a case, as the outbox does.
    private func runObservers(_ world: World, of file: CaseFile) async throws {
        let observers = world.casework.contributions.compactMap { $0 as? On }
        let act = world.system
        let records = try await world.journal(of: file)
        try await world.database.write { transaction in
            for record in records {
                for observer in observers where observer.event == record.entry.type {
                    try observer.handle(record.entry.body, act, transaction)
                }
            }
        }
    }
}
