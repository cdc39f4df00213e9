import PluginKit

/// The list of visits that the office offers by itself (敲门办台账, R12.18).
///
/// A person is looked at only by a right: it agreed, or a rule that the settings name allows it and it did not object.
/// Every profile that is opened, by the daily job or by staff, is in the access log.
struct ProactiveRegister: Sendable {
    let database: any Database
    let events: EventLog
    let cipher: FieldCipher
    let division: String
    let organisation: OrganisationService
    let identity: IdentityService
    let licences: LicenceService
    let rules: ProactiveRules
    let state: RowState
    let choices: RowState

    init(_ host: PluginHost, _ settings: AgeFriendlyPlugin.Settings) throws {
        database = host.database
        events = host.events
        cipher = host.cipher
        division = host.division
        organisation = try host.service(OrganisationService.self)
        identity = try host.service(IdentityService.self)
        licences = try host.service(LicenceService.self)
        rules = settings.proactive
        state = RowState(
            kind: "age-friendly.proactive", title: "敲门办名单", table: "age_friendly_proactive",
            columns: Self.columns.split(separator: ", ").map(String.init), sealed: [Self.body],
            begins: [ProactiveVisitListed.name], cipher: host.cipher)
        choices = RowState(
            kind: "age-friendly.choice", title: "敲门办的意愿", table: "age_friendly_choice", key: "person",
            columns: ["person", "choice", "since"], begins: [ProactiveChoiceMade.name], cipher: host.cipher)
    }

    static let migration = Migration(
        "0002-proactive",
        """
        CREATE TABLE age_friendly_proactive (
            division TEXT NOT NULL,
            id TEXT NOT NULL,
            person TEXT NOT NULL,
            occasion TEXT NOT NULL,
            reason TEXT NOT NULL,
            detail TEXT NOT NULL,
            due BIGINT NOT NULL,
            state TEXT NOT NULL,
            basis TEXT NOT NULL,
            listed_at BIGINT NOT NULL,
            closed_by TEXT,
            closed_at BIGINT,
            body BLOB NOT NULL,
            PRIMARY KEY (division, id)
        );
        CREATE UNIQUE INDEX age_friendly_proactive_id ON age_friendly_proactive (id);
        CREATE UNIQUE INDEX age_friendly_proactive_occasion ON age_friendly_proactive (person, occasion);
        CREATE INDEX age_friendly_proactive_state ON age_friendly_proactive (state, due, id);
        CREATE TABLE age_friendly_choice (
            person TEXT NOT NULL PRIMARY KEY,
            choice TEXT NOT NULL,
            since BIGINT NOT NULL
        )
        """)

    static let columns =
        "division, id, person, occasion, reason, detail, due, state, basis, listed_at, closed_by, closed_at, body"

    static let body = EncryptedColumn(table: "age_friendly_proactive", keys: ["division", "id"], column: "body") {
        context(try $0.get("id"))
    }

    static func context(_ id: String) -> String { "age_friendly_proactive.body/\(id)" }

    func visit(_ row: Row) throws -> ProactiveVisit {
        let id: Identifier = try row.get("id")
        return ProactiveVisit(
            id: id, division: try row.get("division"), person: try row.get("person"), reason: try row.get("reason"),
            detail: try row.get("detail"), due: try row.get("due"), state: try row.get("state"),
            basis: try row.get("basis"), listedAt: try row.get("listed_at"), closedBy: try row.get("closed_by"),
            closedAt: try row.get("closed_at"),
            body: try cipher.openDocument(
                ProactiveVisit.Body.self, try row.get("body"), context: Self.context(id.text)))
    }

    func find(_ id: Identifier, in snapshot: Snapshot) throws -> ProactiveVisit? {
        try snapshot.row("SELECT \(Self.columns) FROM age_friendly_proactive WHERE id = ?", id).map(visit)
    }

    func seal(_ body: ProactiveVisit.Body, of id: Identifier, by act: Act) throws -> [UInt8] {
        try cipher.sealDocument(body, context: Self.context(id.text), seed: act.seed)
    }

    func tell(
        _ event: any Event, of visit: ProactiveVisit, _ row: Row?, isNew: Bool = false, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: visit.division, kind: state.kind, id: visit.id.text), isNew: isNew,
            state: try row.map { try state.digest(of: $0) }, by: act, in: transaction)
    }

    /// As the program itself, which opens profiles for the list; each opening is logged.
    func system(_ act: Act) -> Act { Act(actor: .system("age-friendly"), now: act.now, seed: act.seed) }
}
