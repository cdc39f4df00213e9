public import ArgumentParser
public import Catalogue
public import Extension
import Standards
public import Storage

/// The service that owns cases: nothing else decides where a case stands (DESIGN §2).
public struct CaseworkService: Sendable {
    public let database: any Database
    let store: CaseStore
    let lookUps: LookUpLog
    let blobs: BlobStore
    let catalogue: CatalogueService
    let agencies: any AgencyDirectory
    let fields: any FieldSource
    let materials: any MaterialSource
    let issuer: any ResultIssuer
    let itemRegister: any ItemRegister
    /// Who is there; nil where nobody can be asked.
    let presence: (any StaffPresence)?
    let fees: any FeeGate
    let market: MarketAccessService?
    let calendars: CalendarBook
    let plans = PlanCache()
    public let rules: CaseworkRules
    let papers: PaperOffice
    /// The division whose cases are filed when nobody names another.
    public let division: String

    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, blobs: BlobStore,
        catalogue: CatalogueService, agencies: any AgencyDirectory, fields: any FieldSource,
        materials: any MaterialSource, issuer: any ResultIssuer,
        itemRegister: any ItemRegister = OpenItemRegister(), presence: (any StaffPresence)? = nil,
        fees: any FeeGate = NoFees(), market: MarketAccessService? = nil, rules: CaseworkRules, papers: PaperOffice,
        division: String
    ) {
        self.database = database
        self.store = CaseStore(cipher: cipher, events: events)
        self.lookUps = LookUpLog(database: database, events: events)
        self.blobs = blobs
        self.catalogue = catalogue
        self.agencies = agencies
        self.fields = fields
        self.materials = materials
        self.issuer = issuer
        self.itemRegister = itemRegister
        self.presence = presence
        self.fees = fees
        self.market = market
        self.calendars = CalendarBook()
        self.rules = rules
        self.papers = papers
        self.division = division
    }

    /// Writes the records of look-ups that are still gathered; called before the database is closed.
    public func flushLookUps() async throws { try await lookUps.flush() }

    // MARK: What every operation does

    /// The theme, plan and calendar of a case.
    func context(for file: CaseFile, by act: Act, in snapshot: Snapshot) throws -> CaseContext {
        let theme = try catalogue.theme(hash: file.theme.hash, in: snapshot)
        return try context(for: file, try plan(of: file, theme: theme, at: act), by: act, in: snapshot)
    }

    /// The same with a plan that was made already.
    func context(for file: CaseFile, _ plan: Plan, by act: Act, in snapshot: Snapshot) throws -> CaseContext {
        CaseContext(
            act: act, calendar: try calendars.calendar(in: snapshot),
            theme: try catalogue.theme(hash: file.theme.hash, in: snapshot), plan: plan, rules: rules,
            scopes: plan.asksForBusinessScope ? try market?.list(in: snapshot) : nil)
    }

    /// The plan of a case as it stands: that of the day of submission, or of today for a draft.
    func plan(of file: CaseFile, theme: Theme, at act: Act) throws -> Plan {
        let result = plans.plan(
            theme, hash: file.theme.hash, answers: file.answers, evidence: file.evidence,
            on: (file.times.submitted ?? act.now).day)
        switch result {
        case .plan(let plan): return plan
        case .notApplicable(let outcome): throw Self.notApplicable(outcome)
        case .unanswered(let questions): throw Self.unanswered(questions)
        }
    }

    static func notApplicable(_ outcome: Outcome) -> CaseworkError {
        CaseworkError(.notApplicable, status: 422, outcome.title, outcome.text)
    }

    static func unanswered(_ questions: [Question]) -> CaseworkError {
        CaseworkError(
            .unanswered, status: 422, "还有问题没有回答", "请先回答全部情形问题，系统才能算出要办的事项和材料。",
            findings: questions.map { Finding("answers.\($0.id)", "field.required", "请回答：\($0.title)") })
    }

    /// Locks a case, checks the access, lets the law take effect, changes the case and saves it: the way of every
    /// transition.
    func change(
        _ id: Identifier, expected: Int? = nil, by act: Act, in transaction: Transaction,
        access: (CaseFile, Act) throws -> Void,
        _ body: (inout CaseFile, CaseContext) throws -> Void
    ) throws -> CaseFile {
        var file = try store.lock(id, expected: expected, in: transaction)
        try access(file, act)
        let before = file.listings
        let context = try context(for: file, by: act, in: transaction)
        let asked = file.consentRequests(in: context.plan)
        let isDeemed = file.takeLegalEffect(in: context)
        if isDeemed {
            try demandFees(&file, in: context, transaction)
            file.lawEvents += file.pendingEvents
            file.pendingEvents = []
        }
        do {
            try body(&file, context)
        } catch let error as CaseworkError where isDeemed && error.code == .wrongState {
            throw CaseworkError.alreadyDeemed
        }
        if file.pendingEvents.isEmpty, !isDeemed {
            // Nothing happened, such as the same file attached twice: then nobody else's view is out of date.
            try store.unlock(&file, in: transaction)
        } else {
            try demandFees(&file, in: context, transaction)
            let plan = try settle(&file, by: act, in: transaction)
            try issuePapers(&file, try self.context(for: file, plan, by: act, in: transaction), in: transaction)
            try store.save(&file, before: before, by: act, in: transaction)
            let asking = file.consentRequests(in: plan)
            if asking != asked { try store.ask(asking, known: asked, in: file, by: act, transaction) }
        }
        return file
    }
}

extension CaseworkService: ServiceModule {
    public static let id = "casework"
    public static var migrations: MigrationSet { CaseworkSchema.migrations }
    public static var commands: [any ParsableCommand.Type] {
        [CaseCommands.self, PaperCommands.self, CalendarCommands.self]
    }
    /// The sealed columns, for key rotation.
    public static var encryptedColumns: [EncryptedColumn] { CaseStore.encryptedColumns }
}
