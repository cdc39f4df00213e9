public import Casework
public import Catalogue
public import Exchange
public import Identity
public import Licences
public import Organisation
public import Standards
public import Storage

/// Tells the exchange of cases: casework has them, the inventory their codes, identity who handled them, the register
/// what was issued.
public struct CaseworkExchangeSource: ExchangedCaseSource {
    private let casework: CaseworkService
    private let inventory: InventoryService
    private let identity: IdentityService
    private let licences: LicenceService
    private let organisation: OrganisationService

    public init(
        _ casework: CaseworkService, inventory: InventoryService, identity: IdentityService,
        licences: LicenceService, organisation: OrganisationService
    ) {
        self.casework = casework
        self.inventory = inventory
        self.identity = identity
        self.licences = licences
        self.organisation = organisation
    }

    public func cases(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [ExchangedCase] {
        try exchanged(try casework.reported(changed: changes, after: after, limit: limit, in: snapshot), in: snapshot)
    }

    public func cases(keys: [String], in snapshot: Snapshot) throws -> [ExchangedCase] {
        try exchanged(try casework.reported(keys.compactMap { try? Identifier($0) }, in: snapshot), in: snapshot)
    }

    private func exchanged(_ cases: [ReportedCase], in snapshot: Snapshot) throws -> [ExchangedCase] {
        var accounts: Set<Identifier> = []
        var results: Set<Identifier> = []
        for file in cases.map(\.file) {
            if let by = file.acceptance?.by { accounts.insert(by) }
            for decision in file.items.compactMap(\.decision) {
                if let by = decision.by { accounts.insert(by) }
                results.formUnion(decision.results.map(\.licence))
            }
        }
        let known = Known(
            names: try identity.staffNames(of: accounts, in: snapshot),
            statements: try licences.statements(of: results.sorted(), in: snapshot),
            organisation: try organisation.snapshot(in: snapshot))
        // Cases of one theme and day ask for the same codes.
        var codes: [CodeKey: [String: PublishedItem]] = [:]
        return try cases.map { reported in
            let day = (reported.file.times.submitted ?? reported.file.times.created).day
            let key = CodeKey(theme: reported.file.theme.hash, division: reported.file.division, day: day)
            let items =
                try codes[key]
                ?? inventory.standings(
                    localCodes: reported.theme.items.map(\.id), division: key.division, on: day, in: snapshot
                ).compactMapValues { $0.first { $0.division == key.division } ?? $0.first }
            codes[key] = items
            return ExchangedCase(reported, items: items, known: known)
        }
    }

    private struct CodeKey: Hashable {
        let theme: String
        let division: String
        let day: LegalDay
    }

    fileprivate struct Known {
        let names: [Identifier: String]
        let statements: [Identifier: LicenceStatement]
        let organisation: OrganisationSnapshot
    }
}

extension ExchangedCase {
    fileprivate init(
        _ reported: ReportedCase, items published: [String: PublishedItem], known: CaseworkExchangeSource.Known
    ) {
        self.init()
        let file = reported.file
        key = file.id.text
        number = file.number ?? ""
        title = reported.theme.title
        division = file.division
        applicant = ExchangedApplicant(reported)
        isFromWindow = file.assistance != nil
        applied = file.times.submitted ?? file.times.created
        accepted = file.times.accepted ?? applied
        closed = file.times.closed
        due = file.due?.day
        acceptedBy = file.acceptance?.by.flatMap { known.names[$0] } ?? "逾期未告知，视为受理"
        acceptanceNotice = file.papers?.first { $0.kind == .acceptance }?.number
        ending = Ending(file)
        items = file.items.map { task in
            let title = reported.theme.items.first { $0.id == task.id }?.item.title ?? task.id
            return ExchangedItem(task, title: title, published: published[task.id], in: file, known: known)
        }
        materials = ExchangedMaterial.all(of: reported)
    }
}

extension ExchangedCase.Ending {
    fileprivate init?(_ file: CaseFile) {
        switch (file.state, file.ending?.ground) {
        case (.withdrawn, _): self = .withdrawn
        case (.terminated, .unanswered), (.terminated, .unmended), (.terminated, .gapOverdue): self = .unanswered
        case (.terminated, _): self = .terminated
        default: return nil
        }
    }
}

extension ExchangedApplicant {
    fileprivate init(_ reported: ReportedCase) {
        self.init()
        let file = reported.file
        isEnterprise = file.applicant.isEnterprise
        name = reported.applicantName
        number =
            isEnterprise
            ? reported.value(.enterpriseCreditCode) ?? file.applicantNumbers?.last
            : reported.value(.applicantIDNumber) ?? file.applicantNumbers?.first
        contactName = reported.value(.applicantName) ?? (isEnterprise ? nil : name)
        mobile = reported.value(.applicantMobile)
    }
}

extension ExchangedItem {
    fileprivate init(
        _ task: ItemTask, title: String, published: PublishedItem?, in file: CaseFile,
        known: CaseworkExchangeSource.Known
    ) {
        self.init()
        id = task.id
        self.title = title
        self.published = published
        let agency = known.organisation.agencies[task.agency]
        agencyName = agency?.name(on: (file.times.accepted ?? file.times.created).day) ?? ""
        agencyCode = agency?.creditCode
        opened = task.opened
        due = task.due?.day
        pauses = task.pauses.map { pause in
            Pause(
                type: pause.kind.exchangeCode, name: pause.kind.chinese, reason: pause.reason, start: pause.start,
                end: pause.end)
        }
        decision = task.decision.map { decision in
            let isDelivered =
                file.papers?.contains { file.item(of: $0) == task.id && $0.service != nil } == true
                // An electronic licence is in the wallet from the moment of the decision.
                || !decision.results.isEmpty
            return Decision(
                isGranted: decision.outcome == .granted, at: decision.at,
                by: decision.by.flatMap { known.names[$0] } ?? agencyName, reason: decision.reason,
                results: decision.results.map { result in
                    Decision.Result(title: result.title, number: known.statements[result.licence]?.number ?? "")
                }, isDelivered: isDelivered)
        }
    }
}

extension ExchangedMaterial {
    fileprivate static func all(of reported: ReportedCase) -> [ExchangedMaterial] {
        reported.theme.materials.compactMap { slot in
            guard let record = reported.file.materials[slot.id] else { return nil }
            let way: Way
            if !record.files.isEmpty {
                way = .upload
            } else if record.isCommitted {
                way = .commitment
            } else if record.isDeferred {
                way = .later
            } else {
                return nil
            }
            return ExchangedMaterial(
                id: slot.id, title: slot.title, items: slot.items, count: record.files.count, way: way,
                fileName: record.files.isEmpty ? nil : record.files.map(\.name).joined(separator: "；"))
        }
    }
}

extension SpecialProcedure {
    /// The code of the exchange tables.
    fileprivate var exchangeCode: String {
        switch self {
        case .hearing: "01"
        case .tender: "02"
        case .auction: "03"
        case .inspection: "04"
        case .test: "05"
        case .quarantine: "06"
        case .appraisal: "07"
        case .expertReview: "08"
        case .publicNotice: "09"
        case .siteVisit: "10"
        case .higherApproval: "11"
        case .rectification: "12"
        }
    }
}
