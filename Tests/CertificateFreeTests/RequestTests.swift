import Cryptography
import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import CertificateFree

@Suite("Proofs between departments")
struct RequestTests {
    private func run(
        _ kind: TestDatabaseKind, _ body: (RequestFixture) async throws -> Void
    ) async throws {
        try await ProofFixture.run(kind) { base in try await body(try await RequestFixture(base)) }
    }

    @Test(
        "a department asks another by law, is answered with a code, and the person sees who asked and why",
        .covers("R14.3", "R14.12"), arguments: TestDatabase.all)
    func byLaw(kind: TestDatabaseKind) async throws {
        try await run(kind) { fixture in
            let asked = try await fixture.ask()
            let calendar = try await fixture.desk.casework.calendar()
            #expect(asked.state == .open)
            #expect(asked.due == calendar.due(for: .workingDays(3), from: fixture.base.day).day)
            let (civil, police) = (try await fixture.civil(), try await fixture.police())
            let incoming = try await fixture.desk.requests(.incoming, state: .open, limit: 5, by: police)
            #expect(incoming.map(\.id) == [asked.id])
            let seen = try await fixture.opened(asked.id, by: police)
            #expect(seen.name == "李晓梅" && seen.idNumber == RequestFixture.idNumber)
            #expect(seen.legalBasis == "婚姻登记条例第七条" && seen.asker == "岳阳市民政局")
            try await fixture.answer(asked.id, .unknown, "没有查到犯罪记录。")
            let told = try await fixture.opened(asked.id, by: civil)
            #expect(told.answer == .unknown && told.note == "没有查到犯罪记录。")
            #expect(told.name == "李*" || told.name == "李**", "who asked knows whom it asked about from the case")
            #expect(told.idNumber != RequestFixture.idNumber)
            #expect(
                try await fixture.events(asked.id) == [
                    "proof_queried", "request_viewed", "proof_answered", "request_viewed",
                ])
            let mine = try await fixture.desk.mine(limit: 5, by: fixture.me())
            #expect(mine.map(\.id) == [asked.id])
            #expect(mine.first?.content.purpose == "结婚登记" && mine.first?.asker != nil)
            let other = try await RequestFixture.register(
                "陈国强", "430602190904265454", mobile: "19900000002", fixture.base)
            #expect(try await fixture.desk.mine(limit: 5, by: RequestFixture.citizen(other)).isEmpty)
        }
    }

    @Test(
        "without consent nothing is answered; consent is given for one use, until a day, and can be taken back",
        .covers("R14.15"), arguments: TestDatabase.all)
    func byConsent(kind: TestDatabaseKind) async throws {
        try await run(kind) { fixture in
            let civil = try await fixture.civil()
            let asked = try await fixture.ask(fixture.consentInput())
            #expect(asked.state == .awaiting && asked.due == nil)
            #expect(
                await fixture.base.refusal { try await fixture.answer(asked.id) } == ["certificate-free.wrong_state"])
            let other = try await RequestFixture.register(
                "陈国强", "430602190904265454", mobile: "19900000002", fixture.base)
            #expect(
                await fixture.base.refusal {
                    try await fixture.consent(asked.id, by: RequestFixture.citizen(other))
                } == ["resource.not_found"])
            #expect(try await fixture.consent(asked.id).due != nil)
            try await fixture.answer(asked.id)
            #expect(try await fixture.opened(asked.id, by: civil).answer == .confirmed)
            // After the last day to which the person agreed, the answer is there no more for who asked.
            let late = ProofFixture.now.adding(.seconds(11 * 86_400))
            #expect(try await fixture.opened(asked.id, by: try await fixture.civil(at: late)).answer == nil)
            #expect(try await fixture.opened(asked.id, by: try await fixture.police(at: late)).answer == .confirmed)
            try await fixture.base.database.write {
                _ = try fixture.desk.withdraw(asked.id, by: fixture.me(), in: $0)
            }
            #expect(try await fixture.opened(asked.id, by: civil).answer == nil)
            #expect(try await fixture.opened(asked.id, by: civil).state == .withdrawn)
            let refused = try await fixture.ask(fixture.consentInput())
            #expect(try await fixture.consent(refused.id, false).state == .declined)
            #expect(
                await fixture.base.refusal { try await fixture.answer(refused.id) } == ["certificate-free.wrong_state"])
            #expect(
                try await fixture.events(asked.id).filter { $0 != "request_viewed" } == [
                    "proof_queried", "consent_given", "proof_answered", "consent_withdrawn",
                ])
            #expect(try await fixture.events(refused.id) == ["proof_queried", "consent_declined"])
        }
    }

    @Test(
        "what may not be asked is refused: a cancelled proof, no ground, no case of one's own",
        .covers("R14.1", "R14.12"),
        arguments: TestDatabase.all)
    func refusals(kind: TestDatabaseKind) async throws {
        try await run(kind) { fixture in
            func refused(_ input: QueryInput, by act: Act? = nil) async -> [String] {
                await fixture.base.refusal { try await fixture.ask(input, by: act) }
            }
            #expect(await refused(fixture.input("ZM002")) == ["certificate-free.proof_cancelled"])
            #expect(
                await refused(
                    fixture.input {
                        $0.ground = nil
                        $0.purpose = " "
                        $0.role = "agent"
                    }) == ["input.invalid", "purpose", "ground", "role"])
            #expect(await refused(fixture.input { $0.legalBasis = nil }) == ["input.invalid", "legal_basis"])
            #expect(
                await refused(fixture.consentInput(until: fixture.base.day.adding(days: -1))) == [
                    "input.invalid", "readable_until",
                ])
            #expect(await refused(fixture.input { $0.caseNumber = "X" }) == ["input.invalid", "case_number"])
            let police = try await fixture.base.staff("police", .decideItems, ProofDesk.query)
            #expect(await refused(fixture.input(), by: police) == ["input.invalid", "case_number"])
            let powerless = try await fixture.base.staff("civil", .decideItems)
            #expect(await refused(fixture.input(), by: powerless) == ["access.forbidden"])
            let market = try await fixture.base.staff("market", .decideItems, ProofDesk.query)
            #expect(await refused(fixture.input("ZM004"), by: market) == ["certificate-free.own_agency"])
            let asked = try await fixture.ask()
            #expect(await refused(fixture.input()) == ["certificate-free.asked_already"])
            #expect(
                await fixture.base.refusal { try await fixture.answer(asked.id, nil) } == ["input.invalid", "answer"])
            #expect(
                await fixture.base.refusal { try await fixture.answer(asked.id, .contradicted) } == [
                    "input.invalid", "note",
                ])
            let stranger = try await fixture.base.staff("market", ProofDesk.answer)
            #expect(
                await fixture.base.refusal { try await fixture.answer(asked.id, by: stranger) } == [
                    "resource.not_found"
                ])
            #expect(
                await fixture.base.refusal { _ = try await fixture.opened(asked.id, by: stranger) } == [
                    "resource.not_found"
                ])
            try await fixture.answer(asked.id)
            #expect(
                await fixture.base.refusal { try await fixture.answer(asked.id) } == ["certificate-free.wrong_state"])
        }
    }

    @Test("what goes past its last day shows until it is answered", .covers("R14.12"), arguments: TestDatabase.all)
    func lateness(kind: TestDatabaseKind) async throws {
        try await run(kind) { fixture in
            let asked = try await fixture.ask()
            let due = try #require(asked.due)
            func overdue(_ day: LegalDay) async throws -> [Identifier] {
                try await fixture.base.database.read { try fixture.desk.overdue(on: day, limit: 9, in: $0) }.map(\.id)
            }
            #expect(try await overdue(due) == [])
            #expect(try await overdue(due.adding(days: 1)) == [asked.id])
            let later = due.adding(days: 1).end.adding(.seconds(-60))
            let gauge = try await fixture.base.database.read { try fixture.desk.lateness.read($0, later) }
            #expect(gauge == [Gauge.Sample(1)])
            let police = try await fixture.police(at: later)
            #expect(try await fixture.opened(asked.id, by: police).isOverdue)
            try await fixture.answer(asked.id, by: police)
            #expect(try await overdue(due.adding(days: 1)) == [])
        }
    }

    @Test(
        "a person has a proof issued online or in an app where the list allows it, and finds it in its wallet",
        .covers("R14.7"), arguments: TestDatabase.all)
    func issuing(kind: TestDatabaseKind) async throws {
        try await run(kind) { fixture in
            func refused(_ proof: String, purpose: String = "应聘") async -> [String] {
                await fixture.base.refusal { try await fixture.apply(proof, purpose: purpose) }
            }
            #expect(await refused("ZM002") == ["certificate-free.channel_closed"])
            #expect(await refused("ZM004") == ["certificate-free.channel_closed"], "at the window only")
            #expect(await refused("ZM001", purpose: "") == ["input.invalid", "purpose"])
            let applied = try await fixture.apply(channel: .phone)
            #expect(applied.way == .phone)
            #expect(await refused("ZM001") == ["certificate-free.asked_already"])
            // The deployment's certificate is as young as the test.
            let today = SystemClock().now()
            let police = try await fixture.police(at: today)
            let answered = try await fixture.answer(applied.id, .confirmed, "没有犯罪记录", by: police)
            let licence = try #require(answered.licence)
            let licences = try fixture.base.kernel.services(LicenceService.self)
            let held = try await licences.licence(licence, by: fixture.me())
            #expect(held.title == "无犯罪记录证明" && held.issuer.name == "岳阳市公安局")
            #expect(held.fields.map(\.value) == ["应聘", "没有犯罪记录"])
            #expect(held.validUntil == today.day.adding(days: 30))
            let second = try await fixture.apply()
            #expect(try await fixture.answer(second.id, .unknown, "查无此人").licence == nil)
            #expect(try await fixture.events(applied.id) == ["proof_applied", "proof_answered"])
        }
    }

    @Test("who is asked for consent is told, and who had a proof issued; nobody else is", arguments: TestDatabase.all)
    func notices(kind: TestDatabaseKind) async throws {
        try await run(kind) { fixture in
            let notifies = ProofNotices(desk: fixture.desk).all.compactMap { $0 as? Notify }
            func drafts(_ event: some Event) async throws -> [NoticeDraft] {
                let (body, act) = (try EventCoding.encode(event), fixture.base.act)
                return try await fixture.base.database.read { snapshot in
                    try notifies.filter { $0.event == type(of: event).name }.flatMap {
                        try $0.drafts(body, act, snapshot)
                    }
                }
            }
            func queried(_ request: ProofRequest) async throws -> [NoticeDraft] {
                try await drafts(
                    ProofQueried(
                        request: request.id, proof: request.proof, caseID: fixture.caseID,
                        asker: request.asker ?? request.id, answerer: request.answerer,
                        ground: request.ground.rawValue))
            }
            let byLaw = try await fixture.ask()
            #expect(try await queried(byLaw).isEmpty)
            try await fixture.answer(byLaw.id)
            let asked = try await fixture.ask(fixture.consentInput())
            let told = try #require(try await queried(asked).first)
            #expect(told.addressee == .holder(ofNumber: RequestFixture.idNumber))
            #expect(told.sender == "岳阳市民政局" && told.values["证明"] == "无犯罪记录证明")
            let applied = try await fixture.apply()
            let answered = try await fixture.answer(applied.id, .unknown, "查无此人")
            let result = try await drafts(
                ProofAnswered(request: answered.id, answer: "查无", isLate: false, licence: nil))
            #expect(result.map(\.kind) == ["certificate-free.answered"] && result.first?.values["结果"] == "查无")
        }
    }

    @Test(
        "the journal vouches for requests, what is sealed is sealed anew when keys rotate, and events name nobody",
        arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await run(kind) { fixture in
            let asked = try await fixture.ask()
            _ = try await fixture.opened(asked.id, by: try await fixture.police())
            let tools = try fixture.base.kernel.services(KernelTools.self)
            _ = try await KeyRotation(tools.encryptedColumns).run(
                on: fixture.base.database, keyring: tools.foundation.keyring, at: ProofFixture.now
            ) { _ in }
            #expect(try await fixture.desk.mine(limit: 2, by: fixture.me()).first?.content.name == "李晓梅")
            func findings() async throws -> Int {
                try await Journal.verify(
                    fixture.base.database, publicKey: try SM2.PrivateKey.generate().publicKey,
                    checks: [fixture.desk.store.state.check()]
                ).findings.count
            }
            #expect(try await findings() == 0)
            let told = try await fixture.base.database.read {
                try $0.rows("SELECT body FROM journal WHERE type LIKE 'certificate-free.%'").map {
                    try $0.get("body", as: String.self)
                }
            }
            #expect(!told.isEmpty && !told.contains { $0.contains("李晓梅") || $0.contains(RequestFixture.idNumber) })
            try await fixture.base.database.write {
                _ = try $0.execute("UPDATE certificate_free_request SET answer = '符合'")
            }
            #expect(try await findings() == 1)
        }
    }
}
