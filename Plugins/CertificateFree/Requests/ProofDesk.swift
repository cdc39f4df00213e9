public import PluginKit

/// Proofs that departments ask each other for, and that people have issued (R14.7, R14.12).
public struct ProofDesk: Sendable {
    /// Ask other departments for proofs.
    public static let query = Permission("certificate-free.query", "向其他部门发起证明核验")
    /// Answer them, and what people apply for.
    public static let answer = Permission("certificate-free.answer", "答复证明核验，开具证明")

    let register: ProofRegister
    let store: RequestStore
    let casework: CaseworkService
    let identity: IdentityService
    let organisation: OrganisationService
    let licences: LicenceService
    let settings: CertificateFreePlugin.Settings

    var database: any Database { register.database }
    var tally: Tally { Tally(division: register.division) }

    init(_ host: PluginHost, _ settings: CertificateFreePlugin.Settings) throws {
        register = try ProofRegister(host)
        store = RequestStore(host.cipher)
        casework = try host.service(CaseworkService.self)
        identity = try host.service(IdentityService.self)
        organisation = try host.service(OrganisationService.self)
        licences = try host.service(LicenceService.self)
        self.settings = settings
    }

    /// The last day for an answer that is asked for on a day.
    func due(from day: LegalDay, _ calendar: WorkingCalendar) -> LegalDay {
        calendar.due(for: .workingDays(settings.answerDays), from: day).day
    }

    /// The agency that issues a proof in a division.
    ///
    /// - Throws: `Problem` 409 where none is registered.
    func issuer(of proof: ProofKind, division: String, on day: LegalDay, in snapshot: Snapshot) throws -> Agency {
        let places = try organisation.snapshot(in: snapshot)
        guard let agency = places.agency(department: proof.issuer, division: division, on: day) else {
            throw Problem(
                409, "certificate-free.no_issuer", "没有可以答复的部门",
                "“\(proof.title)”由“\(proof.issuer)”开具，但本地没有登记这个部门。请联系证明事项清单的管理人员。")
        }
        return agency
    }

    func stream(_ request: ProofRequest) -> StreamID {
        StreamID(division: request.division, kind: store.state.kind, id: request.id.text)
    }

    /// Writes what happened to a request together with the digest of its row.
    func tell(
        _ event: any Event, _ request: ProofRequest, _ row: Row?, isNew: Bool = false, by act: Act,
        in transaction: Transaction
    ) throws {
        try register.events.record(
            [event], to: stream(request), isNew: isNew, state: try row.map(store.state.digest(of:)), by: act,
            in: transaction)
    }
}
