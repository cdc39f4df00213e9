import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Casework

@Suite("A consent")
struct ConsentRuleTests {
    static let answers = World.birthAnswers.merging(["随谁落户": "随祖父母"]) { $1 }
    static let grandfather = ["applicant.name": "周建国", "applicant.id_number": "430611191003012733"]
    static let form = World.birthForm.merging([
        "householder_name": "周建国", "householder_id_number": "430611191003012733",
    ]) { $1 }

    /// A draft that needs the grandfather's consent; he is person 7.
    private func draft(_ world: World, _ form: [String: String] = form) async throws -> CaseFile {
        world.people.know(Self.grandfather, of: try #require(world.person(7).actor.person))
        let (begin, fill) = (world.mother, world.mother)
        let draft = try await world.casework.begin(theme: "birth", answers: Self.answers, by: begin)
        return try await world.write { [casework = world.casework] in
            try casework.fill(draft.id, values: form, by: fill, in: $0)
        }
    }

    private func consent(
        _ world: World, _ id: Identifier, as role: String = "householder", by act: Act
    ) async throws -> CaseFile {
        let known = try await world.casework.knownForConsent(as: role, of: id, by: act)
        // Whoever is shown nothing has no digest of it; the refusal must not depend on one.
        let seen = (try? await world.casework.consentOffer(of: id, as: role, by: act).scope.digest) ?? "unseen"
        return try await world.write { [casework = world.casework] in
            try casework.consent(as: role, of: id, known: known, seen: seen, by: act, in: $0)
        }
    }

    private func fill(_ world: World, _ id: Identifier, _ values: [String: String]) async throws -> CaseFile {
        let act = world.mother
        return try await world.write { [casework = world.casework] in
            try casework.fill(id, values: values, by: act, in: $0)
        }
    }

    @Test(
        "is found by the party, shows exactly what concerns it, and leaves no more to it", arguments: TestDatabase.all)
    func scope(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let draft = try await draft(world)
            #expect(try await world.casework.pendingConsents(by: world.person(8)).items.isEmpty)
            let asked = try await world.casework.pendingConsents(by: world.person(7)).items
            #expect(asked.map(\.caseID) == [draft.id.text])
            let offer = try #require(asked.first)
            #expect(offer.applicant == "李晓梅" && offer.roleTitle == "孩子的祖父母或外祖父母")
            #expect(
                offer.fields.map(\.value) == [
                    "李望舒", "2026-02-20", "李晓梅", "岳阳楼区某路1号", "周建国", "430611191003012733",
                ])
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.sight(of: draft.id, by: world.person(7))
            }

            _ = try await consent(world, draft.id, by: world.person(7))
            #expect(try await world.casework.pendingConsents(by: world.person(7)).items.isEmpty)
            #expect(try await world.casework.mine(by: world.person(7)).items.map(\.role) == ["householder"])
            let view = CaseView(try await world.casework.sight(of: draft.id, by: world.person(7)), at: world.now)
            #expect(view.form.values.sorted() == offer.fields.map(\.value).sorted())
            #expect(view.materials.isEmpty && view.items.count == 5)
            #expect(!String(describing: view).contains("13800000000"))
        }
    }

    @Test(
        "lapses with every change of what it was given to, and with it the access",
        arguments: [
            ["household_address": "别处"], ["child_name": "李望月"], ["householder_name": "周建军"],
            ["householder_id_number": "43060319060617135X", "householder_name": "彭志远"],
        ])
    func lapses(change: [String: String]) async throws {
        try await World.run(on: .sqlite) { world in
            let draft = try await draft(world)
            _ = try await consent(world, draft.id, by: world.person(7))
            var file = try await fill(world, draft.id, ["card_bank": "中国农业银行"])
            #expect(file.consents["householder"] != nil, "what does not concern the party changes nothing")

            file = try await fill(world, draft.id, change)
            #expect(file.consents.isEmpty)
            #expect(try await world.events(of: file).last == "case.consent_lapsed")
            let view = CaseView(try await world.casework.sight(of: file.id, by: world.mother), at: world.now)
            let line = try #require(view.consents.first { $0.role == "householder" })
            #expect(!line.isGiven && line.note?.contains("重新确认") == true)
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.sight(of: file.id, by: world.person(7))
            }
            #expect(try await world.casework.mine(by: world.person(7)).items.isEmpty)
        }
    }

    private func refuse(_ world: World, _ id: Identifier, _ reason: String? = nil, by act: Act) async throws {
        let known = try await world.casework.knownForConsent(as: "householder", of: id, by: act)
        _ = try await world.write { [casework = world.casework] in
            try casework.refuseConsent(as: "householder", of: id, known: known, reason: reason, by: act, in: $0)
        }
    }

    @Test(
        "is taken back before submission, and with it the access; the applicant reads why", arguments: TestDatabase.all)
    func takenBack(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let draft = try await draft(world)
            _ = try await consent(world, draft.id, by: world.person(7))
            try await refuse(world, draft.id, "户口本上住不下了", by: world.person(7))
            let sight = try await world.casework.sight(of: draft.id, by: world.mother)
            #expect(try await world.events(of: sight.file).suffix(2) == ["case.consent_given", "case.consent_refused"])
            let line = try #require(
                CaseView(sight, at: world.now).consents.first { $0.role == "householder" })
            #expect(line.isRefused && !line.isGiven && line.note?.contains("户口本上住不下了") == true)
            #expect(try await world.casework.mine(by: world.person(7)).items.isEmpty)
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.sight(of: draft.id, by: world.person(7))
            }
            for slot in ["registration-form", "householder-register", "collective-household"] {
                _ = try await world.attach(draft.id, slot)
            }
            await #expect { _ = try await world.submit(draft.id) } throws: { error in
                guard let error = error as? CaseworkError else { return false }
                return error.code == .consentMissing && error.message.contains("已表示不同意")
            }
        }
    }

    @Test("a refusal stands until what was refused changes or the party changes its mind", arguments: TestDatabase.all)
    func refusal(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let draft = try await draft(world)
            try await refuse(world, draft.id, by: world.person(7))
            let asked = try await world.casework.pendingConsents(by: world.person(7)).items
            #expect(asked.map(\.isRefused) == [true], "the party finds it again, to change its mind")

            var file = try await fill(world, draft.id, ["card_bank": "中国农业银行"])
            #expect(
                file.refusedConsents?.keys.sorted() == ["householder"], "what does not concern it asks nothing anew")
            file = try await fill(world, draft.id, ["household_address": "别处"])
            #expect(file.refusedConsents == nil)
            #expect(try await world.casework.pendingConsents(by: world.person(7)).items.map(\.isRefused) == [false])

            try await refuse(world, draft.id, by: world.person(7))
            file = try await consent(world, draft.id, by: world.person(7))
            #expect(file.consents["householder"] != nil && file.refusedConsents?["householder"] == nil)
        }
    }

    @Test("can be refused by nobody else, and not after submission")
    func refusalOfOthers() async throws {
        try await World.run(on: .sqlite) { world in
            let draft = try await draft(world)
            await #expect { try await refuse(world, draft.id, by: world.person(8)) } throws: {
                ($0 as? CaseworkError)?.code == .notFound
            }
            for slot in ["registration-form", "householder-register", "collective-household"] {
                _ = try await world.attach(draft.id, slot)
            }
            _ = try await consent(world, draft.id, by: world.person(7))
            #expect(try await world.submit(draft.id).state == .submitted)
            await #expect { try await refuse(world, draft.id, by: world.person(7)) } throws: {
                ($0 as? CaseworkError)?.code == .wrongState
            }
            let sight = try await world.casework.sight(of: draft.id, by: world.mother)
            #expect(sight.file.consents["householder"] != nil)
        }
    }

    @Test("is missing at submission after a change, in a draft and in a correction", arguments: TestDatabase.all)
    func submission(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let draft = try await draft(world)
            for slot in ["registration-form", "householder-register", "collective-household"] {
                _ = try await world.attach(draft.id, slot)
            }
            await expectMissing { try await world.submit(draft.id) }
            _ = try await consent(world, draft.id, by: world.person(7))
            _ = try await fill(world, draft.id, ["household_address": "别处"])
            await expectMissing { try await world.submit(draft.id) }
            _ = try await consent(world, draft.id, by: world.person(7))
            let file = try await world.submit(draft.id)
            #expect(file.state == .submitted)

            let clerk = world.clerk
            _ = try await world.write { [casework = world.casework] in
                try casework.requestCorrection(
                    file.id, faults: [Fault(target: "form.household_address", text: "请写到门牌。")], by: clerk, in: $0)
            }
            _ = try await fill(world, file.id, ["household_address": "别处9号"])
            await expectMissing { try await world.submit(file.id) }
            #expect(try await world.casework.pendingConsents(by: world.person(7)).items.count == 1)
            _ = try await consent(world, file.id, by: world.person(7))
            #expect(try await world.submit(file.id).state == .submitted)
            #expect(try await world.casework.pendingConsents(by: world.person(7)).items.isEmpty)
        }
    }

    private func expectMissing(_ body: () async throws -> CaseFile) async {
        await #expect { _ = try await body() } throws: { ($0 as? CaseworkError)?.code == .consentMissing }
    }

    @Test("can't be the applicant's own where the role demands somebody else")
    func applicant() async throws {
        try await World.run(on: .sqlite) { world in
            let own = ["householder_name": "李晓梅", "householder_id_number": "430623191011229428"]
            let draft = try await draft(world, Self.form.merging(own) { $1 })
            await #expect { _ = try await consent(world, draft.id, by: world.mother) } throws: {
                ($0 as? CaseworkError)?.code == .consentRefused
            }
            await #expect { _ = try await world.submit(draft.id) } throws: {
                ($0 as? CaseworkError)?.findings.contains { $0.code == "party.is_applicant" } == true
            }
        }
    }

    @Test("is refused with another name, and when the form changed since the party saw it")
    func names() async throws {
        try await World.run(on: .sqlite) { world in
            let draft = try await draft(world, Self.form.merging(["householder_name": "周建军"]) { $1 })
            await #expect { _ = try await consent(world, draft.id, by: world.person(7)) } throws: {
                ($0 as? CaseworkError)?.code == .consentRefused
            }
            _ = try await fill(world, draft.id, ["householder_name": "周建国"])
            let seen = try await world.casework.consentOffer(of: draft.id, as: "householder", by: world.person(7))
            _ = try await fill(world, draft.id, ["household_address": "别处"])
            let act = world.person(7)
            await #expect {
                _ = try await world.write { [casework = world.casework] in
                    try casework.consent(
                        as: "householder", of: draft.id, known: Self.grandfather, seen: seen.scope.digest, by: act,
                        in: $0)
                }
            } throws: { ($0 as? CaseworkError)?.code == .consentRefused }
        }
    }

    @Test("opens the party's own wallet to this case, and to no other party")
    func wallet() async throws {
        try await World.run(on: .sqlite) { world in
            world.wallet.put("户口簿", into: try #require(world.person(7).actor.person))
            let draft = try await draft(world)
            func register() async throws -> CaseMaterialView? {
                CaseView(try await world.casework.sight(of: draft.id, by: world.mother), at: world.now)
                    .materials.first { $0.id == "householder-register" }
            }
            let before = try #require(try await register())
            #expect(before.provision == "upload" && before.reason?.contains("登录确认后") == true)
            _ = try await consent(world, draft.id, by: world.person(7))
            #expect(try await register()?.provision == "exempt")
            _ = try await fill(world, draft.id, ["household_address": "别处"])
            #expect(try await register()?.provision == "upload")
        }
    }

    @Test("an enterprise gives it through who acts for it, and a person alone can't")
    func enterprise() async throws {
        try await World.run(on: .sqlite) { world in
            let code = "91430600MYY900012E"
            let agent = world.person(7, for: 30)
            let values = ["enterprise.name": "示例茶业有限公司", "enterprise.credit_code": code]
            world.people.know(values, of: try #require(agent.actor.party))
            world.people.know(Self.grandfather, of: try #require(world.person(7).actor.person))
            let (begin, fill) = (world.mother, world.mother)
            let draft = try await world.casework.begin(
                theme: "enterprise-setup", answers: World.setupAnswers, by: begin)
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(
                    draft.id, values: ["parent_name": "示例茶业有限公司", "parent_credit_code": code], by: fill, in: $0)
            }
            await #expect(throws: CaseworkError.self) {
                _ = try await consent(world, draft.id, as: "parent", by: world.person(7))
            }
            #expect(try await world.casework.pendingConsents(by: agent).items.map(\.role) == ["parent"])
            let file = try await consent(world, draft.id, as: "parent", by: agent)
            #expect(file.consents["parent"]?.party == agent.actor.party)
            #expect(try await world.casework.mine(by: agent).items.count == 1)
            #expect(try await world.casework.mine(by: world.person(7)).items.isEmpty, "only while acting for it")
        }
    }

    @Test("a consent that an earlier program recorded without what it was given to counts for nothing in a draft")
    func recordedEarlier() async throws {
        try await World.run(on: .sqlite) { world in
            var file = try await draft(world)
            let person = try #require(world.person(7).actor.person)
            file.consents["householder"] = Consent(
                person: person, at: world.now, party: nil, mandate: nil, scope: nil)
            let theme = try #require(World.bundled.first { $0.id == "birth" })
            guard case .plan(let plan) = Planner.plan(theme, answers: Self.answers) else { return }
            #expect(file.missingConsents(in: plan) == ["householder"])
        }
    }
}
