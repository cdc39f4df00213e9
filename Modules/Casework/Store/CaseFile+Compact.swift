import Standards
public import Storage

extension CaseFile: CompactRecord {
    public static var blank: CaseFile {
        CaseFile(
            id: .none, division: "", theme: .blank, applicant: .blank, answers: [:], evidence: [],
            at: Instant(milliseconds: 0))
    }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("id", &id)
        try fields.pass("division", &division)
        try fields.pass("theme", &theme)
        try fields.pass("state", &state)
        try fields.pass("applicant", &applicant)
        try fields.pass(coded: "assistance", &assistance)
        try fields.pass(coded: "signatures", &signatures)
        try fields.pass("applicantNumbers", &applicantNumbers)
        try fields.pass("answers", &answers)
        try fields.pass("evidence", &evidence)
        try fields.pass("form", &form)
        try fields.pass("materials", &materials)
        try fields.pass(coded: "consents", &consents)
        try fields.pass("lapsedConsents", &lapsedConsents)
        try fields.pass(coded: "refusedConsents", &refusedConsents)
        try fields.pass("items", &items)
        try fields.pass(coded: "corrections", &corrections)
        try fields.pass(coded: "departmentFaults", &departmentFaults)
        try fields.pass(coded: "setAsideFaults", &setAsideFaults)
        try fields.pass("times", &times)
        try fields.pass(coded: "waits", &waits)
        try fields.pass("acceptBy", &acceptBy)
        try fields.pass("due", &due)
        try fields.pass(coded: "acceptance", &acceptance)
        try fields.pass(coded: "ending", &ending)
        try fields.pass(coded: "papers", &papers)
        try fields.pass(coded: "delivery", &delivery)
    }
}

extension CaseState: CompactValue {}

extension ThemeReference: CompactRecord {
    public static var blank: ThemeReference { ThemeReference(id: "", hash: "") }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("id", &id)
        try fields.pass("hash", &hash)
    }
}

extension Applicant: CompactRecord {
    public static var blank: Applicant { Applicant(party: .none, person: .none, mandate: nil) }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("party", &party)
        try fields.pass("person", &person)
        try fields.pass("mandate", &mandate)
    }
}

extension CaseTimes: CompactRecord {
    public static var blank: CaseTimes { CaseTimes(created: Instant(milliseconds: 0)) }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("created", &created)
        try fields.pass("submitted", &submitted)
        try fields.pass("accepted", &accepted)
        try fields.pass("closed", &closed)
    }
}
