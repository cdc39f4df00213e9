import Cryptography
import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import CertificateFree

@Suite("The list of proofs")
struct ProofTests {
    @Test(
        "a list is taken over once; a dry run writes nothing, a second import changes what differs", .covers("R14.1"),
        arguments: TestDatabase.all)
    func importing(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { fixture in
            #expect(try await fixture.load(dryRun: true).added == 4)
            #expect(try await fixture.database.read { try fixture.register.counts(in: $0) } == [:])
            #expect(try await fixture.load().added == 4)
            let again = try await fixture.load()
            #expect([again.rows, again.added, again.changed] == [4, 0, 0])
            var rows = ProofFixture.rows
            rows[0][6] = "取消"
            rows[0][8] = ""
            #expect(try await fixture.load(rows).changed == 1)
            let (counts, proof) = try await fixture.database.read { snapshot in
                (
                    try fixture.register.counts(in: snapshot),
                    try fixture.register.proof(" zm001", in: snapshot)
                )
            }
            #expect(counts == [.kept: 1, .cancelled: 2, .replaced: 1])
            #expect(proof.channels == [] && proof.aliases == ["无违法犯罪记录证明"])
            #expect(
                try await fixture.events("certificate-free.proof", proof.id) == [
                    ProofRecorded.name, ProofRecorded.name,
                ])
        }
    }

    @Test("everything that is wrong in all rows is told at once, and nothing is written", arguments: TestDatabase.all)
    func faults(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { fixture in
            try await fixture.load([ProofFixture.rows[3]])
            let problem = await #expect(throws: Problem.self) {
                try await fixture.load([
                    ["ZM001", "", "", "市场监管", "公安", "依据", "保留", "", "网上、电话"],
                    ["zm001", "户籍证明", "", "人社", "公安", "依据", "数据替代", "", ""],
                    ["ZM003", "户籍证明", "", "人社", "公安", "依据", "废止", "", ""],
                    ["ZM005", "单身证明", "", "民政", "民政", "依据", "取消", "", "线下"],
                ])
            }
            #expect(
                problem?.findings.map(\.field).sorted() == [
                    "第 2 行 B 列（名称）", "第 2 行 I 列（开具渠道）", "第 3 行 A 列（编码）", "第 3 行 H 列（怎样替代）", "第 4 行 B 列（名称）",
                    "第 4 行 G 列（状态）", "第 5 行 I 列（开具渠道）",
                ])
            let taken = await fixture.refusal {
                try await fixture.load([["ZM009", "企业 无违规证明", "", "发改", "市场监管", "依据", "保留", "", ""]])
            }
            #expect(taken == ["catalogue.import_faults", "ZM009"], "one wording means one proof")
            #expect(try await fixture.database.read { try fixture.register.all(in: $0) }.map(\.code) == ["ZM004"])
            let clerk = try await fixture.staff("civil", .acceptCases)
            #expect(await fixture.refusal { try await fixture.load(by: clerk) } == ["access.forbidden"])
            let narrow = try fixture.table([["ZM001", "证明"]], heading: ["编码", "名称"])
            #expect(
                await fixture.refusal {
                    _ = try await fixture.register.load(narrow, isDryRun: false, by: fixture.act)
                } == ["catalogue.import_heading", "索要单位", "开具部门", "依据", "状态"])
        }
    }

    @Test("anybody finds a proof by its name, its other names and who asks for it", arguments: TestDatabase.all)
    func searching(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { fixture in
            try await fixture.load()
            func found(
                _ text: String, _ state: ProofKind.State? = nil, after: String = "", limit: Int = 20
            ) async throws -> [String] {
                try await fixture.database.read { snapshot in
                    try fixture.register.list(text, state: state, after: after, limit: limit, in: snapshot)
                }.map(\.code)
            }
            #expect(try await found("未婚") == ["ZM002"])
            #expect(try await found("人社") == ["ZM003"])
            #expect(try await found("zm00") == ["ZM001", "ZM002", "ZM003", "ZM004"])
            #expect(try await found("", .kept) == ["ZM001", "ZM004"])
            #expect(try await found("", after: "ZM001", limit: 2) == ["ZM002", "ZM003"])
            #expect(try await found("%") == ["ZM001", "ZM002", "ZM003", "ZM004"], "what is no letter is left out")
            #expect(try await found("没有的") == [])
        }
    }

    @Test(
        "a theme that asks for a cancelled proof is found, as long as it asks", .covers("R14.1"),
        arguments: TestDatabase.all)
    func demands(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { fixture in
            #expect(try await fixture.register.demandHealth.look(fixture.act).level == .sound)
            try await fixture.load()
            let found = try await fixture.register.demands(by: fixture.act)
            #expect(found.map(\.place) == [.theme(id: "marriage", title: "示例一件事")])
            #expect(found.map(\.material) == ["婚姻状况证明（原件）"])
            #expect(found.map(\.proof.code) == ["ZM002"])
            let catalogue = try fixture.kernel.services(CatalogueService.self)
            let theme = try await catalogue.theme("marriage").theme
            let broken = try await fixture.database.read { try catalogue.rules.findings(in: .theme(theme), $0) }
            #expect(broken.map(\.code) == ["certificate-free.proof_demanded"], "it can't be published so again")
            #expect(try await fixture.register.demandHealth.look(fixture.act).level == .warning)
            var rows = ProofFixture.rows
            rows[0][6] = "数据替代"
            rows[0][7] = "公安违法犯罪数据核验"
            rows[0][8] = ""
            rows[1][6] = "数据替代"
            try await fixture.load(rows)
            #expect(
                try await fixture.register.demands(by: fixture.act).map(\.material) == ["《无犯罪记录证明》"],
                "where a promise serves, nobody has to bring what data replace")
            rows[0][6] = "保留"
            try await fixture.load(rows)
            #expect(try await fixture.register.demands(by: fixture.act).isEmpty)
            let clerk = try await fixture.staff("civil", .acceptCases)
            #expect(
                await fixture.refusal { _ = try await fixture.register.demands(by: clerk) } == ["access.forbidden"])
        }
    }

    @Test("an item that asks for a cancelled proof is found by any of its names")
    func itemDemands() throws {
        func proof(_ code: String, _ title: String, _ state: ProofKind.State, aliases: [String] = []) -> ProofKind {
            ProofKind(
                id: Seed.random().identifier(code, at: ProofFixture.now), code: code, title: title, aliases: aliases,
                askedBy: "", issuer: "", basis: "", state: state, replacement: "", channels: [])
        }
        let check = DemandCheck([
            proof("A", "收入证明", .cancelled), proof("B", "低收入家庭认定证明", .kept),
            proof("C", "居住证明", .replaced, aliases: ["住所证明"]),
        ])
        var item = CatalogueItem()
        item.code = "X"
        item.materials = ["个人收入 证明", "低收入家庭认定证明", "《住所证明》", "居住证"].map { title in
            var material = ItemMaterial()
            material.title = title
            return material
        }
        #expect(check.demands(in: item).map(\.proof.code) == ["A", "C"], "the longest name decides")
        item.materials[0].isRequired = false
        #expect(check.demands(in: item).map(\.proof.code) == ["C"])
    }

    @Test(
        "who is still asked for a cancelled proof reports it, and reads the answer by a code", .covers("R14.1"),
        arguments: TestDatabase.all)
    func reporting(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { fixture in
            try await fixture.load()
            let reports = ProofReports(fixture.register)
            func report(_ code: String, _ text: String = "办结婚登记时，窗口还要我到村里开单身证明") async throws -> String {
                var input = HiddenApprovalInput()
                input.organ = "某镇民政办"
                input.text = text
                return try await fixture.database.write { [input] in
                    try reports.report(code, input, by: fixture.anybody, in: $0).code
                }
            }
            #expect(await fixture.refusal { _ = try await report("ZM001") } == ["certificate-free.proof_kept"])
            #expect(await fixture.refusal { _ = try await report("ZM099") } == ["resource.not_found"])
            #expect(await fixture.refusal { _ = try await report("ZM002", "短") } == ["input.invalid", "text"])
            let code = try await report("ZM002")
            let inventory = try fixture.kernel.services(InventoryService.self)
            #expect(try await inventory.hiddenApproval(code: code).state == "已收到")
            let legal = try await fixture.staff("approval", .reviewItemsLegally)
            let found = try #require(try await inventory.hiddenApprovals(.received, by: legal).first)
            #expect(found.content.subject?.title == "证明“婚姻状况证明”（ZM002，已取消）")

            // What the plugin hears of it when the outbox is worked off.
            try await fixture.database.write {
                try reports.note(found.id, about: found.content.subject?.key, in: $0)
                try reports.note(found.id, about: nil, in: $0)
                try inventory.closeHiddenApproval(found.id, .confirmed, reply: "已经要求该镇改正。", by: legal, in: $0)
                try reports.note(found.id, .confirmed, in: $0)
            }
            let counts = try await fixture.database.read { try reports.counts(in: $0) }
            #expect(counts.keys.sorted() == ["ZM002"])
            #expect(counts["ZM002"]?.all == 1 && counts["ZM002"]?.confirmed == 1)
            #expect(try await inventory.hiddenApproval(code: code).reply == "已经要求该镇改正。")
        }
    }

    @Test("the journal vouches for the list", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { fixture in
            try await fixture.load()
            func findings() async throws -> Int {
                try await Journal.verify(
                    fixture.database, publicKey: try SM2.PrivateKey.generate().publicKey,
                    checks: [fixture.register.state.check()]
                ).findings.count
            }
            #expect(try await findings() == 0)
            try await fixture.database.write {
                _ = try $0.execute("UPDATE certificate_free_proof SET state = '保留' WHERE code = 'ZM002'")
            }
            #expect(try await findings() == 1)
        }
    }
}
