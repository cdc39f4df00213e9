public import Catalogue
public import Extension
public import Standards
public import Storage

/// A case (办件): everything that is known of it, as one value.
///
/// Transitions are pure: they change this value and note the events; the store writes both in one transaction.
public struct CaseFile: Sendable, Hashable, Codable {
    public internal(set) var id: Identifier
    /// The division whose case it is.
    public internal(set) var division: String
    /// The number that people know it by (办件编号); given on submission. A column of its own and no part of the sealed
    /// document, so that this can be made ready before the number is drawn.
    public internal(set) var number: String?
    /// The theme and its version by hash: an open case keeps the version with which it began.
    public internal(set) var theme: ThemeReference
    public internal(set) var state: CaseState = .draft
    public internal(set) var applicant: Applicant
    /// The window at which a member of staff recorded the case for the applicant (窗口代录); nil for one that the
    /// applicant filed itself.
    public internal(set) var assistance: Assistance?
    /// What the applicant signed at a window; nil for none.
    public internal(set) var signatures: [ApplicantSignature]?
    /// The identity number and credit code that were verified of the applicant when the draft was begun; nil in drafts
    /// of earlier programs.
    public internal(set) var applicantNumbers: [String]?
    /// The answers to the situation questions.
    public internal(set) var answers: Answers
    /// What served in place of papers when the plan was made.
    public internal(set) var evidence: [EvidencedSource]
    /// The one form's values by field.
    public internal(set) var form: [String: String] = [:]
    /// What became of each material that the applicant provides.
    public internal(set) var materials: [String: MaterialRecord] = [:]
    /// The consents that were given, by role.
    public internal(set) var consents: [String: Consent] = [:]
    /// The consents that lapsed since what they were given to was changed, with the moment; nil for none.
    public internal(set) var lapsedConsents: [String: Instant]?
    /// What parties refused to agree to, by role; nil for nothing.
    public internal(set) var refusedConsents: [String: ConsentRefusal]?
    public internal(set) var items: [ItemTask] = []
    public internal(set) var corrections: [CorrectionNotice] = []
    /// Faults that departments named before acceptance, for the clerk's one notice.
    public internal(set) var departmentFaults: [DepartmentFault] = []
    /// What departments named and the clerk did not pass on; nil while there is none.
    public internal(set) var setAsideFaults: [SetAsideFault]?
    public internal(set) var times: CaseTimes
    /// The time that the case waited, for the applicant or in a special procedure.
    public internal(set) var waits: [Wait] = []
    /// The day by which the offices must have accepted, or silence counts as acceptance.
    public internal(set) var acceptBy: Deadline?
    /// The day by which all will be done.
    public internal(set) var due: Deadline?
    /// How the case was accepted.
    public internal(set) var acceptance: Acceptance?
    /// Why the case ended without a decision, or was not accepted.
    public internal(set) var ending: Ending?

    /// The papers that were issued in the case; nil while there is none.
    public internal(set) var papers: [CasePaper]?

    /// How the results reach the applicant; nil while nobody chose and there are none.
    public internal(set) var delivery: ResultDelivery?

    /// The version of the stored row: 1 for a new one, one more with every change.
    public internal(set) var version = 1
    /// What happened since the case was loaded; the store writes it to the journal.
    var pendingEvents: [any CaseEvent] = []
    /// What the law brought about since then, before whoever changes the case did anything.
    var lawEvents: [any CaseEvent] = []

    /// The papers that these events give rise to; the service numbers and writes them.
    var pendingPapers: [PaperOrder] = []

    /// The items that were opened since then, whose fees are to be demanded.
    var pendingCharges: [String] = []

    enum CodingKeys: CodingKey {
        case id, division, theme, state, applicant, assistance, signatures, applicantNumbers, answers, evidence, form
        case materials, consents, lapsedConsents, refusedConsents, items, corrections, departmentFaults, setAsideFaults,
            times, waits
        case acceptBy, due, acceptance, ending, papers, delivery
    }

    /// Two values of one case in the same version are the same.
    public static func == (first: CaseFile, second: CaseFile) -> Bool {
        first.id == second.id && first.version == second.version
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    init(
        id: Identifier, division: String, theme: ThemeReference, applicant: Applicant, answers: Answers,
        evidence: [EvidencedSource], at now: Instant
    ) {
        self.id = id
        self.division = division
        self.theme = theme
        self.applicant = applicant
        self.answers = answers
        self.evidence = evidence
        self.times = CaseTimes(created: now)
    }

    /// The item task with an ID.
    public func task(_ item: String) -> ItemTask? { items.first { $0.id == item } }
}

/// A theme in one of its versions.
public struct ThemeReference: Sendable, Hashable, Codable {
    public internal(set) var id: String
    /// The version's hash.
    public internal(set) var hash: String

    public init(id: String, hash: String) {
        self.id = id
        self.hash = hash
    }
}

/// Who applies, and who acts for it.
public struct Applicant: Sendable, Hashable, Codable {
    /// The party in whose name the case is: a person or an enterprise.
    public internal(set) var party: Identifier
    /// The natural person who acts; the same as `party` when a person acts for itself.
    public internal(set) var person: Identifier
    /// The mandate by which the person acts for another.
    public internal(set) var mandate: Identifier?

    public init(party: Identifier, person: Identifier, mandate: Identifier?) {
        self.party = party
        self.person = person
        self.mandate = mandate
    }

    /// Whether a person acts for an enterprise.
    public var isEnterprise: Bool { party != person }

    /// Whether somebody is the applicant, or acts for it by what is in force now: who began the case for an enterprise
    /// has no part in it any more once the mandate has ended.
    public func isActing(_ actor: Actor) -> Bool {
        guard actor.kind == .person else { return false }
        return actor.party == party || (!isEnterprise && actor.person == person)
    }
}

/// Who recorded a case for an applicant at a window.
public struct Assistance: Sendable, Hashable, Codable {
    /// The member of staff's account.
    public let account: Identifier
    /// The agency whose window it is.
    public let agency: Identifier
}

/// When a case passed its stations, UTC.
public struct CaseTimes: Sendable, Hashable, Codable {
    public internal(set) var created: Instant
    public internal(set) var submitted: Instant?
    public internal(set) var accepted: Instant?
    public internal(set) var closed: Instant?

    init(created: Instant) { self.created = created }
}

/// How a case was accepted (受理).
public struct Acceptance: Sendable, Hashable, Codable {
    public let mode: Mode
    /// The account that accepted; nil when silence did.
    public let by: Identifier?
    public let at: Instant

    public enum Mode: String, Sendable, Codable, CaseIterable {
        case normal
        /// Accepted with gaps (容缺受理).
        case tolerant
        /// Five working days of silence (逾期未告知视为受理, 行政许可法第三十二条).
        case deemed
    }
}

/// Why a case ended without decisions.
public struct Ending: Sendable, Hashable, Codable {
    public let reason: String
    /// The agency that is competent, when the case was not accepted for that reason.
    public let competentAgency: String?
    /// The legal ground, when the case was terminated.
    public let ground: TerminationGround?
    /// What the applicant can do about it.
    public let remedy: String?

    public init(
        reason: String, competentAgency: String? = nil, ground: TerminationGround? = nil, remedy: String? = nil
    ) {
        self.reason = reason
        self.competentAgency = competentAgency
        self.ground = ground
        self.remedy = remedy
    }
}
