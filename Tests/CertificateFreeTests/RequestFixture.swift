import Kernel
import PluginKit

@testable import CertificateFree

/// A person with a submitted case, and the departments that ask and answer about it.
struct RequestFixture: Sendable {
    let base: ProofFixture
    let desk: ProofDesk
    let person: Identifier
    let caseNumber: String
    let caseID: Identifier

    static let idNumber = "430682190603084141"

    init(_ base: ProofFixture) async throws {
        self.base = base
        try await base.load()
        desk = try ProofDesk(base.host, try base.host.settings(of: CertificateFreePlugin.self))
        person = try await Self.register("李晓梅", Self.idNumber, mobile: "19900000001", base)
        let file = try await Self.submit(person, base)
        caseID = file.id
        caseNumber = file.number ?? ""
    }

    static func register(
        _ name: String, _ number: String, mobile: String, _ base: ProofFixture
    ) async throws -> Identifier {
        let identity = try base.kernel.services(IdentityService.self)
        let profile = try PersonProfile(name: name, idNumber: number, mobile: mobile, today: base.day)
        return try await base.database.write { try identity.addPerson(profile, by: base.act, in: $0) }
    }

    /// Files the sample theme with a promise in place of 婚姻状况证明 and a paper for 无犯罪记录证明.
    static func submit(_ person: Identifier, _ base: ProofFixture) async throws -> CaseFile {
        let casework = try base.kernel.services(CaseworkService.self)
        @Sendable func act() -> Act { citizen(person) }
        let draft = try await casework.begin(theme: "marriage", answers: ["由谁办理": "本人办理"], by: act())
        let evidence = try casework.prepare(
            UploadedFile(bytes: Array("%PDF-1.4\n%%EOF\n".utf8), name: "证明.pdf", contentType: "application/pdf"),
            by: act())
        let household = draft.evidence.isEmpty
        return try await base.database.write { transaction in
            _ = try casework.fill(draft.id, values: ["purpose": "结婚登记"], by: act(), in: transaction)
            _ = try casework.substitute("single", by: .commitment, of: draft.id, by: act(), in: transaction)
            _ = try casework.attach(evidence, to: "record", of: draft.id, by: act(), in: transaction)
            if household {
                _ = try casework.attach(evidence, to: "household", of: draft.id, by: act(), in: transaction)
            }
            guard case .submitted(let file) = try casework.submit(draft.id, by: act(), in: transaction) else {
                throw ProofFixture.Missing()
            }
            return file
        }
    }

    static func citizen(_ person: Identifier, at now: Instant = ProofFixture.now) -> Act {
        Act(
            actor: .person(
                person, account: Seed.random().identifier("account", at: now), name: "某人", terminal: .portal),
            now: now)
    }

    func me(at now: Instant = ProofFixture.now) -> Act { Self.citizen(person, at: now) }

    /// An officer of 民政, which decides an item of the case.
    func civil(at now: Instant = ProofFixture.now) async throws -> Act {
        try await base.staff("civil", .decideItems, ProofDesk.query, at: now)
    }

    /// Somebody at 公安 who answers.
    func police(at now: Instant = ProofFixture.now) async throws -> Act {
        try await base.staff("police", ProofDesk.answer, at: now)
    }

    func input(_ proof: String = "ZM001", _ change: (inout QueryInput) -> Void = { _ in }) -> QueryInput {
        var input = QueryInput()
        input.caseNumber = caseNumber
        input.proof = proof
        input.purpose = "结婚登记"
        input.ground = .law
        input.legalBasis = "婚姻登记条例第七条"
        change(&input)
        return input
    }

    func consentInput(until: LegalDay? = nil) -> QueryInput {
        input {
            $0.ground = .consent
            $0.legalBasis = nil
            $0.readableUntil = until ?? base.day.adding(days: 10)
        }
    }

    @discardableResult
    func ask(_ input: QueryInput? = nil, by act: Act? = nil) async throws -> ProofRequest {
        var asker = act
        if asker == nil { asker = try await civil() }
        guard let act = asker else { throw ProofFixture.Missing() }
        let calendar = try await desk.casework.calendar()
        let input = input ?? self.input()
        return try await base.database.write { try desk.ask(input, calendar: calendar, by: act, in: $0) }
    }

    @discardableResult
    func answer(
        _ id: Identifier, _ answer: ProofRequest.Answer? = .confirmed, _ note: String = "", by act: Act? = nil
    ) async throws -> ProofRequest {
        var officer = act
        if officer == nil { officer = try await police() }
        guard let act = officer else { throw ProofFixture.Missing() }
        return try await base.database.write { try desk.answer(id, answer, note: note, by: act, in: $0) }
    }

    @discardableResult
    func consent(_ id: Identifier, _ agrees: Bool = true, by act: Act? = nil) async throws -> ProofRequest {
        let calendar = try await desk.casework.calendar()
        let act = act ?? me()
        return try await base.database.write {
            try desk.consent(id, agrees: agrees, calendar: calendar, by: act, in: $0)
        }
    }

    @discardableResult
    func apply(
        _ proof: String = "ZM001", channel: ApplicationInput.Channel = .online, purpose: String = "应聘",
        by act: Act? = nil
    ) async throws -> ProofRequest {
        var input = ApplicationInput()
        input.proof = proof
        input.purpose = purpose
        input.channel = channel
        let calendar = try await desk.casework.calendar()
        let act = act ?? me()
        return try await base.database.write { [input] in
            try desk.apply(input, calendar: calendar, by: act, in: $0)
        }
    }

    /// A request as a member of staff opens it.
    func opened(_ id: Identifier, by act: Act) async throws -> RequestView {
        try await base.database.write { transaction in
            let found = try desk.open(id, by: act, in: transaction)
            let views = try desk.views(
                [found], for: desk.reader(of: found, act), on: act.now.day, in: transaction)
            return views[0]
        }
    }

    func events(_ id: Identifier) async throws -> [String] {
        try await base.events("certificate-free.request", id).map { $0.replacing("certificate-free.", with: "") }
    }
}
