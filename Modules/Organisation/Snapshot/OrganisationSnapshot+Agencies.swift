public import Standards
public import Storage

extension OrganisationSnapshot {
    /// A division and all above it, from the ground up; empty for an unknown code.
    public func lineage(of division: String) -> [String] {
        var line: [String] = []
        var next: String? = division
        while let code = next, let record = divisions[code], !line.contains(code) {
            line.append(code)
            next = record.parent
        }
        return line
    }

    /// Whether a division is another one or lies below it.
    public func isWithin(_ division: String, _ other: String) -> Bool { lineage(of: division).contains(other) }

    /// The agency that does a department's work for a division on a day: its own, or the one of the nearest division
    /// above that has one (a county without an office of its own is served by the city's).
    public func agency(department: String, division: String, on day: LegalDay) -> Agency? {
        for code in lineage(of: division) {
            let office = agenciesByOffice[Office(department: department, division: code)]
            if let agency = office?.first(where: { $0.validity.contains(day) }) { return agency }
        }
        return nil
    }

    /// Who answers on a day for what an agency once did: itself while it exists, else whoever followed it.
    public func successors(of agency: Identifier, on day: LegalDay) -> [Agency] {
        var found: [Agency] = []
        var seen: Set<Identifier> = []
        var open = [agency]
        while let next = open.popLast() {
            guard seen.insert(next).inserted, let record = agencies[next] else { continue }
            if record.validity.contains(day) {
                found.append(record)
            } else {
                open += successions.filter { $0.predecessor == next && $0.day <= day }.map(\.successor)
            }
        }
        return found.sorted { $0.id < $1.id }
    }
}
