public import Standards
public import Storage

/// What a case says of whose papers may serve in it, and of what they must agree with.
public struct EvidenceGround: Sendable {
    public let applicant: Applicant
    /// The parties who have consented, by role: as the registers know them.
    public let consenters: [String: Identifier]
    /// Who the parties are, as the form has it, by role.
    public let parties: [String: StatedParty]
    /// The values of the form.
    public let form: [String: String]

    public init(
        applicant: Applicant, consenters: [String: Identifier] = [:], parties: [String: StatedParty] = [:],
        form: [String: String] = [:]
    ) {
        self.applicant = applicant
        self.consenters = consenters
        self.parties = parties
        self.form = form
    }
}

/// A party as the form has it; empty texts while it is not filled in.
public struct StatedParty: Sendable, Hashable {
    public let name: String
    public let identifier: String

    public init(name: String, identifier: String) {
        self.name = name
        self.identifier = identifier
    }
}

/// A licence that serves in place of a paper, as those who decide see it.
public struct ServingDocument: Sendable, Hashable {
    public let evidence: String
    public let title: String
    public let number: String
    public let issuer: String
    public let issuedOn: LegalDay
    /// The last day; nil for no end.
    public let validUntil: LegalDay?
    /// Where it stands now, in words.
    public let status: String
    /// Whether it is in force today.
    public let isInForce: Bool
    public let holders: [StatedParty]
    /// What else it says.
    public let lines: [ResultLine]
    /// Whether a signed file or an original can be opened.
    public let hasFile: Bool

    public init(
        evidence: String, title: String, number: String, issuer: String, issuedOn: LegalDay, validUntil: LegalDay?,
        status: String, isInForce: Bool, holders: [StatedParty], lines: [ResultLine], hasFile: Bool
    ) {
        self.evidence = evidence
        self.title = title
        self.number = number
        self.issuer = issuer
        self.issuedOn = issuedOn
        self.validUntil = validUntil
        self.status = status
        self.isInForce = isInForce
        self.holders = holders
        self.lines = lines
        self.hasFile = hasFile
    }
}
