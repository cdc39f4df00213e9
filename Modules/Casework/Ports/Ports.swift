public import Catalogue
public import Extension
public import Standards
public import Storage

/// Where known values of the one form come from (免填写): the identity service answers.
public protocol FieldSource: Sendable {
    /// The known values by prefill key, such as `applicant.name`.
    ///
    /// - Parameter theme: what is applied for; who acts for another must hold a mandate that covers it.
    /// - Throws: when the mandate has ended or doesn't cover the theme.
    func values(
        for applicant: Applicant, theme: String?, by act: Act, in snapshot: Snapshot
    ) throws -> [String: String]
}

/// Where papers need not be brought from: the wallet answers, later the data hub too.
///
/// A source that is not connected is absent, and the plan asks for the paper.
public protocol MaterialSource: Sendable {
    /// What is found of each source, as far as anybody may look; a source that is not there is left out.
    ///
    /// Another party's papers are looked for only where it has consented in the case.
    func available(
        _ sources: [MaterialSlot.Source], for ground: EvidenceGround, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [EvidencedSource]

    /// What names that which would be found of each source, in their order and without a look into it: nil for a source
    /// that is left out, empty for one where nothing is there.
    ///
    /// As long as it is the same, so is what ``available(_:for:on:in:)`` finds.
    func names(
        of sources: [MaterialSlot.Source], for ground: EvidenceGround, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String?]

    /// What names itself as evidence in a case, for whoever may see the material; the look is recorded on its side.
    func document(_ evidence: String, in caseID: Identifier, by act: Act) async throws -> ServingDocument?

    /// The signed file or the original of what serves; nil where there is none here.
    func file(of evidence: String, in caseID: Identifier, by act: Act) async throws -> FileReply?
}

/// Who issues results: the licence service answers.
public protocol ResultIssuer: Sendable {
    /// Issues a result here, or records one that was issued elsewhere, in the transaction of the decision.
    func issue(_ order: ResultOrder, by act: Act, in transaction: Transaction) throws -> IssuedResult
}

/// Which agency answers for a department in a division, and what it is called: the organisation service answers.
public protocol AgencyDirectory: Sendable {
    /// The agency, looked for upwards through the divisions; nil when there is none.
    func agency(department: String, division: String, on day: LegalDay, in snapshot: Snapshot) throws -> AgencyEntry?
    /// An agency by its identifier.
    func agency(_ id: Identifier, in snapshot: Snapshot) throws -> AgencyEntry?
    /// The agencies of several departments at once; a department without one is left out.
    func agencies(
        departments: Set<String>, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: AgencyEntry]
    /// Whether a division is one that this deployment serves.
    func serves(division: String, in snapshot: Snapshot) throws -> Bool
    /// The names of several agencies at once.
    func names(of agencies: Set<Identifier>, in snapshot: Snapshot) throws -> [Identifier: String]
}

extension AgencyDirectory {
    public func agencies(
        departments: Set<String>, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: AgencyEntry] {
        try departments.reduce(into: [:]) { found, department in
            found[department] = try agency(department: department, division: division, on: day, in: snapshot)
        }
    }

    public func names(of agencies: Set<Identifier>, in snapshot: Snapshot) throws -> [Identifier: String] {
        try agencies.reduce(into: [:]) { names, id in names[id] = try agency(id, in: snapshot)?.name }
    }
}

/// What casework needs to know of an agency.
public struct AgencyEntry: Sendable, Hashable {
    public let id: Identifier
    public let name: String
    /// The unified social credit code, which stands in case numbers and licences.
    public let creditCode: String
    public let level: AdministrativeLevel

    public init(id: Identifier, name: String, creditCode: String, level: AdministrativeLevel) {
        self.id = id
        self.name = name
        self.creditCode = creditCode
        self.level = level
    }
}

/// A result to be issued.
public struct ResultOrder: Sendable {
    public let division: String
    public let caseID: Identifier
    public let caseNumber: String
    public let item: ItemDefinition
    public let result: ResultDefinition
    public let agency: AgencyEntry
    public let applicant: Applicant
    /// Who holds the licence.
    public let holder: ResultHolder
    /// What stands on the result from the form: titles and values in order.
    public let content: [ResultLine]
    /// The values that the officer entered, by field.
    public let values: [String: String]
    /// The original file or scan, for a result issued elsewhere.
    public let original: FileReference?
}

/// Who holds a result: the applicant, or another party such as the newborn, who may have no account and no number yet.
public struct ResultHolder: Sendable, Hashable {
    /// The party, where it is known to the system.
    public let party: Identifier?
    public let name: String
    /// The identity number or credit code; nil while it is not known.
    public let idNumber: String?

    public init(party: Identifier?, name: String, idNumber: String?) {
        self.party = party
        self.name = name
        self.idNumber = idNumber
    }
}

/// A line of a result: what it says of what.
public struct ResultLine: Sendable, Hashable {
    public let title: String
    public let value: String

    public init(title: String, value: String) {
        self.title = title
        self.value = value
    }
}
