public import PluginKit

/// The orders of home visits and of help in halls (上门服务台账, R12.17, R12.18).
public struct VisitRegister: Sendable {
    /// See, assign and make visits of one's own division.
    public static let permission = Permission("age-friendly.visits", "安排和办理上门服务、敲门服务")

    public let database: any Database
    let events: EventLog
    let cipher: FieldCipher
    let division: String
    let organisation: OrganisationService
    let identity: IdentityService
    let casework: CaseworkService
    /// When visits are made and for whom.
    public let rules: VisitRules
    /// What may be named as the subject of an order.
    let zone: ElderZone
    let state: RowState

    init(_ host: PluginHost, _ settings: AgeFriendlyPlugin.Settings) throws {
        database = host.database
        events = host.events
        cipher = host.cipher
        division = host.division
        organisation = try host.service(OrganisationService.self)
        identity = try host.service(IdentityService.self)
        casework = try host.service(CaseworkService.self)
        rules = settings.visits
        zone = try ElderZone(host, settings)
        state = RowState(
            kind: "age-friendly.visit", title: "上门服务预约", table: "age_friendly_visit",
            columns: VisitSchema.columns.split(separator: ", ").map(String.init), sealed: [VisitSchema.body],
            begins: [VisitOrdered.name], cipher: host.cipher)
    }

    /// The working calendar in force; asked before a write, in which no other view of the database is opened.
    func calendar() async throws -> WorkingCalendar { try await casework.calendar() }

    /// The order, whoever asks.
    func find(_ id: Identifier, in snapshot: Snapshot) throws -> Visit? {
        try snapshot.row("SELECT \(VisitSchema.columns) FROM age_friendly_visit WHERE id = ?", id).map(visit)
    }

    func visit(_ row: Row) throws -> Visit {
        let id: Identifier = try row.get("id")
        return Visit(
            id: id, division: try row.get("division"), kind: try row.get("kind"), state: try row.get("state"),
            slot: HalfDay(try row.get("day"), try row.get("half")), site: try row.get("site"),
            subject: try row.get("subject"), person: try row.get("person"), way: try row.get("way"),
            assignee: try row.get("assignee"), agency: try row.get("agency"), orderedAt: try row.get("ordered_at"),
            version: try row.get("version"),
            details: try cipher.openDocument(
                Visit.Details.self, try row.get("body"), context: VisitSchema.context(id.text)))
    }

    /// Writes what happened to an order into its stream.
    func tell(
        _ event: any Event, of visit: Visit, _ row: Row?, isNew: Bool = false, by act: Act, in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: visit.division, kind: state.kind, id: visit.id.text), isNew: isNew,
            state: try row.map { try state.digest(of: $0) }, by: act, in: transaction)
    }

    /// The divisions that offer visits, in the order of their codes.
    func offered(_ places: OrganisationSnapshot) -> [DivisionRecord] {
        places.divisions.values.filter { rules.divisions.isEmpty || rules.divisions.contains($0.code) }
            .sorted { $0.code < $1.code }
    }

    /// The halls of a division.
    func halls(of division: String, _ places: OrganisationSnapshot) -> [ServiceSite] {
        places.sites.values.filter { $0.division == division }.sorted {
            ($0.level.order, $0.key) < ($1.level.order, $1.key)
        }
    }
}

extension SiteLevel {
    fileprivate var order: Int { SiteLevel.allCases.firstIndex(of: self) ?? 0 }
}
