import Extension
import Standards
import Storage

/// Writes what a checked layout has beyond the database.
struct LayoutWriter {
    let service: OrganisationService
    let layout: OrganisationLayout
    let existing: OrganisationSnapshot
    let act: Act
    let transaction: Transaction
    private(set) var changes = LayoutChanges()
    private var agencyIDs: [String: Identifier] = [:]
    private var siteIDs: [String: Identifier] = [:]

    init(
        service: OrganisationService, layout: OrganisationLayout, existing: OrganisationSnapshot, act: Act,
        transaction: Transaction
    ) {
        self.service = service
        self.layout = layout
        self.existing = existing
        self.act = act
        self.transaction = transaction
        for agency in existing.agencies.values { if let key = agency.key { agencyIDs[key] = agency.id } }
        for site in existing.sites.values { siteIDs[site.key] = site.id }
        for agency in layout.agencies where agencyIDs[agency.key] == nil {
            agencyIDs[agency.key] = act.identifier("organisation.agency.\(agency.key)")
        }
        for site in layout.sites where siteIDs[site.key] == nil {
            siteIDs[site.key] = act.identifier("organisation.site.\(site.key)")
        }
    }

    mutating func run() throws {
        try writeDivisions()
        try writeRoles()
        try writeAgencies()
        try writeSites()
        try writeWindows()
    }

    private mutating func writeDivisions() throws {
        let parents = layout.parentsByDivision(existing: existing)
        for division in layout.divisions {
            let record = DivisionRecord(
                code: division.code, name: division.name, parent: parents[division.code] ?? nil, level: division.level,
                isNational: !(try DivisionCode(division.code).isLocal))
            let old = existing.divisions[division.code]
            if old == record { continue }
            try begin(isNew: old == nil)
            try transaction.execute(
                """
                INSERT INTO organisation_division (code, name, parent, level, is_national) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent = excluded.parent, level = excluded.level
                """, record.code, record.name, record.parent, record.level.rawValue, record.isNational)
            if old == nil { try tell(DivisionAdded(division: record.code), record.code, "division", record.code) }
        }
    }

    private mutating func writeRoles() throws {
        for role in layout.roles {
            let record = StaffRole(id: role.id, title: role.title, permissions: Set(role.permissions))
            let old = existing.roles[role.id]
            if old == record { continue }
            try begin(isNew: old == nil)
            let permissions = record.permissions.sorted()
            let row = try transaction.row(
                """
                INSERT INTO organisation_role (id, title, permissions) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, permissions = excluded.permissions
                \(service.states.role.returning)
                """, record.id, record.title, StringList.write(permissions))
            try tell(
                RoleChanged(role: record.id, permissions: permissions), "", "role", record.id,
                state: try row.map { try service.states.role.digest(of: $0) })
        }
    }

    private mutating func writeAgencies() throws {
        for agency in layout.agencies {
            guard let id = agencyIDs[agency.key] else { continue }
            let parent = agency.parent.flatMap { agencyIDs[$0] }
            guard let old = existing.agencies[id] else {
                try begin(isNew: true)
                let record = Agency(
                    id: id, key: agency.key, creditCode: agency.creditCode, department: agency.department,
                    division: agency.division, parent: parent, validity: ValidDays(from: agency.from ?? .first),
                    names: [])
                try service.insert(record, name: agency.name, by: act, in: transaction)
                continue
            }
            let today = act.now.day
            let isRenamed = old.validity.contains(today) && old.name(on: today) != agency.name
            let isChanged = old.creditCode != agency.creditCode || old.parent != parent
            if isRenamed || isChanged { try begin(isNew: false) }
            if isChanged {
                try transaction.execute(
                    "UPDATE organisation_agency SET credit_code = ?, parent = ? WHERE id = ?", agency.creditCode,
                    parent, id)
            }
            if isRenamed { try service.rename(id, to: agency.name, from: today, by: act, in: transaction) }
        }
    }

    private mutating func writeSites() throws {
        for site in layout.sites {
            guard let id = siteIDs[site.key] else { continue }
            let old = existing.sites[id]
            // A list that leaves a column out does not take away what another list brought.
            func kept(_ new: String, _ known: String?) -> String { new.isEmpty ? known ?? "" : new }
            let hours = kept(site.hours, old?.hours)
            let address = kept(site.address, old?.address)
            let phone = kept(site.phone, old?.phone)
            if let old, old.division == site.division, old.level == site.level, old.place == site.place,
                old.hours == hours, old.address == address, old.phone == phone
            {
                continue
            }
            try begin(isNew: old == nil)
            try transaction.execute(
                """
                INSERT INTO organisation_site (id, layout_key, division, level, place, hours, address, phone)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET division = excluded.division, level = excluded.level, place = excluded.place,
                    hours = excluded.hours, address = excluded.address, phone = excluded.phone
                """, id, site.key, site.division, site.level.rawValue, site.place, hours, address, phone)
            try tell(SiteChanged(site: id, division: site.division), site.division, "site", id.text)
        }
    }

    private mutating func writeWindows() throws {
        for window in layout.windows {
            guard let site = siteIDs[window.site] else { continue }
            let old = existing.windows.values.first { $0.key == window.key }
            let kind = window.kind ?? old?.kind ?? WindowKind(named: window.name)
            if let old, old.site == site, old.name == window.name, old.kind == kind { continue }
            try begin(isNew: old == nil)
            try transaction.execute(
                """
                INSERT INTO organisation_window (id, layout_key, site, name, kind) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET site = excluded.site, name = excluded.name, kind = excluded.kind
                """, old?.id ?? act.identifier("organisation.window.\(window.key)"), window.key, site, window.name,
                kind.rawValue)
            let division =
                layout.sites.first { $0.key == window.site }?.division ?? existing.sites[site]?.division ?? ""
            try tell(SiteChanged(site: site, division: division), division, "site", site.text)
        }
    }

    private mutating func begin(isNew: Bool) throws {
        if changes.isEmpty { try OrganisationService.revision.advance(seed: act.seed, in: transaction) }
        if isNew { changes.added += 1 } else { changes.changed += 1 }
    }

    private func tell(
        _ event: any Event, _ division: String, _ kind: String, _ id: String, state: [UInt8]? = nil
    ) throws {
        try service.events.record(
            [event], to: OrganisationService.stream(division, kind, id), state: state, by: act, in: transaction)
    }
}
