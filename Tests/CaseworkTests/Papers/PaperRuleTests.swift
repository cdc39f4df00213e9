import Catalogue
import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Casework

@Suite("What is issued stays, and who sees it")
struct PaperRuleTests {
    @Test("a reprint says the same after the theme and the template changed", arguments: TestDatabase.all)
    func frozen(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let folder = try PaperFolder()
            var file = try await world.submitted()
            file = try await world.accept(file.id)
            let paper = try #require(file.papers?.last)
            let first = try await world.casework.paper(paper.id, of: file.id, by: world.clerk)
            _ = try folder.write(
                Array("标题：受理告知单\n文号字：受\n\n> {申请人}：\n\n办理期限：{办理期限}\n\n[印章]\n".utf8), "acceptance.txt")
            let casework = world.casework
            let changed = CaseworkService(
                database: world.database, events: EventLog(), cipher: casework.store.cipher, blobs: casework.blobs,
                catalogue: world.catalogue, agencies: TownAgencies(), fields: world.people, materials: world.wallet,
                issuer: world.register, rules: CaseworkRules(),
                papers: PaperOffice(templates: try PaperTemplates.load(folder.url.path)), division: "430602")
            let again = try await changed.paper(paper.id, of: file.id, by: world.clerk)
            #expect(again.bytes == first.bytes)
            var form = World.birthForm
            form["child_name"] = "李新"
            let second = try await world.submitted(form)
            let act = world.clerk
            let accepted = try await world.database.write { try changed.accept(second.id, by: act, in: $0) }
            let new = try #require(accepted.papers?.last)
            #expect(new.title == "受理告知单")
            #expect(new.number == "本地卫健受字〔2026〕2号")
            #expect(new.template != paper.template)
        }
    }

    @Test("what a paper says is sealed, also after a rotation of keys", arguments: TestDatabase.all)
    func sealed(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            let paper = try #require(file.papers?.first)
            let before = try await world.casework.paper(paper.id, of: file.id, by: world.clerk)
            func body() async throws -> [UInt8] {
                try await world.database.read { try #require(try $0.row("SELECT body FROM case_paper")).get("body") }
            }
            let sealed = try await body()
            #expect(!String(decoding: sealed, as: UTF8.self).contains("李晓梅"))
            try await KeyRotation(CaseworkService.encryptedColumns + StorageSchema.encryptedColumns).run(
                on: world.database, keyring: try await Keyring.forTests(world.database), at: world.now)
            let after = try await world.casework.paper(paper.id, of: file.id, by: world.clerk)
            #expect(after.bytes == before.bytes)
        }
    }

    @Test("a paper that was changed behind the program's back is refused", arguments: TestDatabase.all)
    func tampered(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            let paper = try #require(file.papers?.first)
            let store = world.casework.store
            let content = try await world.database.read { try store.content(of: paper, in: file, $0) }
            let forged = PaperContent(
                title: content.title, number: content.number, agency: "别的单位", day: content.day, blocks: content.blocks,
                contact: content.contact)
            let act = world.system
            try await world.database.write { transaction in
                let sealed = try store.cipher.sealDocument(
                    forged, context: "case_paper.body/\(file.division)/\(file.id)/\(paper.id)", seed: act.seed)
                _ = try transaction.execute("UPDATE case_paper SET body = ?", sealed)
            }
            let error = await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.paper(paper.id, of: file.id, by: world.clerk)
            }
            #expect(error?.code == .paperDamaged)
        }
    }

    @Test("the applicant and the clerk see all, an officer what concerns its item, nobody else anything")
    func sight() async throws {
        try await World.run(on: .sqlite) { world in
            var file = try await world.submitted()
            _ = try await world.accept(file.id)
            file = try await world.grant("P01", file.id)
            func kinds(_ act: Act) async throws -> [PaperKind]? {
                try await world.casework.sight(of: file.id, by: act).file.papers?.map(\.kind)
            }
            #expect(try await kinds(world.mother) == [.receipt, .acceptance, .completion])
            #expect(try await kinds(world.clerk) == [.receipt, .acceptance, .completion])
            #expect(try await kinds(world.officer("卫健")) == [.completion])
            #expect(try await kinds(world.officer("公安", number: 21)) == [])
            let receipt = try #require(file.papers?.first).id
            for act in [world.stranger, world.officer("公安", number: 21)] {
                let error = await #expect(throws: CaseworkError.self) {
                    _ = try await world.casework.paper(receipt, of: file.id, by: act)
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    @Test("the service of a paper is recorded once and proved by a paper of its own", arguments: TestDatabase.all)
    func service(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var file = try await world.submitted()
            file = try await world.accept(file.id)
            let acceptance = try #require(file.papers?.last).id
            file = try await world.serve(acceptance, of: file.id, by: .post, tracking: "EA123456789CN")
            #expect(file.papers?.map(\.kind) == [.receipt, .acceptance, .service])
            #expect(file.papers?.last?.serves == acceptance)
            #expect(file.paper(acceptance)?.service?.tracking == "EA123456789CN")
            #expect(try await world.events(of: file).last == "case.paper_served")
            let text = try await world.text(.service, of: file, in: try PaperFolder())
            for part in ["送达回证", "受理通知书", "本地卫健受字〔2026〕1号", "邮寄送达", "EA123456789CN", "受送达人（签字）："] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
            let again = await #expect(throws: CaseworkError.self) {
                _ = try await world.serve(acceptance, of: file.id)
            }
            #expect(again?.code == .alreadyServed)
        }
    }

    @Test("service in the future, by post without a number and of a proof itself is refused, all at once")
    func unserved() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            let receipt = try #require(file.papers?.first)
            let act = world.clerk
            let error = await #expect(throws: CaseworkError.self) {
                _ = try await world.write { [casework = world.casework] in
                    try casework.serve(
                        receipt.id, of: file.id, by: .post, to: "", on: act.now.day.adding(days: 1), by: act, in: $0)
                }
            }
            #expect(error?.findings.map(\.field) == ["recipient", "day", "tracking"])
            let served = try await world.serve(receipt.id, of: file.id)
            let proof = try #require(served.papers?.last).id
            let refused = await #expect(throws: CaseworkError.self) { _ = try await world.serve(proof, of: file.id) }
            #expect(refused?.findings.map(\.code) == ["paper.is_proof"])
            for act in [world.mother, world.officer("公安")] {
                await #expect(throws: CaseworkError.self) { _ = try await world.serve(proof, of: file.id, act: act) }
            }
        }
    }

    @Test("an agency's word stands in its numbers, and the settings in the remedies")
    func settings() throws {
        let reader = SettingsReader(
            area: "casework.papers",
            values: .object([
                "words": .object(["平江县公安局": "平公", "错": .integer(1)]), "court": "平江县人民法院",
                "reconsiderationDays": .integer(30), "cort": "x",
            ]))
        _ = try? PaperSettings(from: reader)
        #expect(reader.findings.count == 3)
        let sound = try PaperSettings(
            from: SettingsReader(
                area: "", values: .object(["words": .object(["平江县公安局": "平公"]), "court": "平江县人民法院"])))
        #expect(sound.words == ["平江县公安局": "平公"])
        #expect(sound.remedy.contains("6个月内依法向平江县人民法院提起行政诉讼"))
    }
}
