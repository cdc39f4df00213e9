import Extension
import Organisation

/// The lists of divisions, agencies, sites and windows as one layout, which the organisation checks and applies.
struct RosterLayout {
    let layout: OrganisationLayout
    let places: RosterPlaces
    let faults: [RosterFault]

    init(_ reader: RosterReader) {
        var members: [String: JSONValue] = [:]
        var rows: [String: [Int]] = [:]
        for table in reader.tables where table.kind.id != RosterKind.staff.id {
            members[table.kind.id] = .array(
                table.rows.map { .object($0.values.mapValues(JSONValue.string)) })
            rows[table.kind.id] = table.rows.map(\.number)
        }
        places = RosterPlaces(rows: rows)
        var findings: [Finding] = []
        layout = OrganisationLayout.schema.decode(.object(members), findings: &findings) ?? OrganisationLayout()
        faults = findings.map(places.fault)
    }
}

/// Where a finding of a layout, such as `agencies[3].division`, stands in the workbook.
struct RosterPlaces: Sendable {
    let rows: [String: [Int]]

    func fault(_ finding: Finding) -> RosterFault {
        let list = String(finding.field.prefix { $0 != "[" })
        let kind = RosterKind.all.first { $0.id == list }
        let index = Int(finding.field.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }) ?? 0
        let field = finding.field.split(separator: ".").last.map(String.init) ?? ""
        let numbers = rows[list] ?? []
        return RosterFault(
            sheet: kind?.title ?? list, row: numbers.indices.contains(index) ? numbers[index] : 1,
            title: kind?.columns.first { $0.field == field }?.title ?? "", message: finding.message)
    }
}
