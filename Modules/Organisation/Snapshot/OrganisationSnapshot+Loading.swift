import Extension
import Standards
import Storage

extension OrganisationSnapshot {
    static func load(version: Int64, from view: Snapshot) throws -> OrganisationSnapshot {
        let divisions = try view.rows("SELECT code, name, parent, level, is_national FROM organisation_division")
            .map { try DivisionRecord($0) }
        let names = Dictionary(
            grouping: try view.rows(
                "SELECT agency, name, valid_from, valid_until FROM organisation_agency_name ORDER BY agency, valid_from"
            ),
            by: { try? $0.get("agency", as: String.self) })
        let agencies = try view.rows(
            """
            SELECT id, layout_key, credit_code, department, division, parent, valid_from, valid_until
            FROM organisation_agency
            """
        ).map { row in
            try Agency(row, names: (names[row.get("id", as: String.self)] ?? []).map { try Agency.DatedName($0) })
        }
        let divisionNames = Dictionary(divisions.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 })
        return OrganisationSnapshot(
            version: version, divisions: divisions, agencies: agencies,
            successions: try view.rows("SELECT predecessor, successor, day, kind FROM organisation_succession")
                .map { try Succession($0) },
            sites: try view.rows(
                "SELECT id, layout_key, division, level, place, hours, address, phone FROM organisation_site"
            )
            .map { try ServiceSite($0, divisionNames: divisionNames) },
            windows: try view.rows("SELECT id, layout_key, site, name, kind FROM organisation_window").map {
                try ServiceWindow($0)
            },
            roles: try view.rows("SELECT id, title, permissions FROM organisation_role").map { try StaffRole($0) },
            posts: try view.rows(
                "SELECT id, account, agency, division, site, roles, valid_from, valid_until FROM organisation_post"
            ).map { try PostRecord($0) })
    }
}
