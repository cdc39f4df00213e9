public import Extension
public import Storage

/// Something that happened to a case; it holds identifiers and days, never personal data.
public protocol CaseEvent: Event, Hashable {
    var division: String { get }
    var caseID: Identifier { get }
}

/// A draft was begun.
public struct CaseCreated: CaseEvent {
    public static let name = "case.created"
    public let division: String
    public let caseID: Identifier
    public let theme: String
    public let themeHash: String
}

/// Answers, form or materials of a draft or a correction were changed.
public struct CaseDraftSaved: CaseEvent {
    public static let name = "case.draft_saved"
    public let division: String
    public let caseID: Identifier
    /// What was changed: `answers`, `form` or `material:<slot>`.
    public let part: String
}

/// A party gave its consent.
public struct CaseConsentGiven: CaseEvent {
    public static let name = "case.consent_given"
    public let division: String
    public let caseID: Identifier
    public let role: String
}

/// A party said that it does not agree, or took its consent back.
public struct CaseConsentRefused: CaseEvent {
    public static let name = "case.consent_refused"
    public let division: String
    public let caseID: Identifier
    public let role: String
    /// Whether it had consented before.
    public let isWithdrawal: Bool
}

/// A consent lapsed, since what it was given to was changed; the party must be asked again.
public struct CaseConsentLapsed: CaseEvent {
    public static let name = "case.consent_lapsed"
    public let division: String
    public let caseID: Identifier
    public let role: String
}

/// Somebody who handles the case opened a licence that serves in it in place of a paper.
public struct CaseEvidenceViewed: CaseEvent {
    public static let name = "case.evidence_viewed"
    public let division: String
    public let caseID: Identifier
    public let material: String
    /// What names the licence.
    public let evidence: String
}

/// The case was submitted and has its number.
public struct CaseSubmitted: CaseEvent {
    public static let name = "case.submitted"
    public let division: String
    public let caseID: Identifier
    public let number: String
    public let theme: String
    public let items: [String]
    /// The day by which the offices accept or send their one notice.
    public let acceptBy: String
}

/// A department named a fault before acceptance.
public struct CaseFaultNamed: CaseEvent {
    public static let name = "case.fault_named"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let target: String
}

/// The clerk did not pass on what a department named.
public struct CaseFaultSetAside: CaseEvent {
    public static let name = "case.fault_set_aside"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let target: String
}

/// A second notice named again what the first had named and the applicant had not mended.
public struct CaseFaultRepeated: CaseEvent {
    public static let name = "case.fault_repeated"
    public let division: String
    public let caseID: Identifier
    /// Which notice it is, counted from 1.
    public let notice: Int
    public let target: String
}

/// The one complete notice was sent.
public struct CaseCorrectionRequested: CaseEvent {
    public static let name = "case.correction_requested"
    public let division: String
    public let caseID: Identifier
    /// Which notice it is, counted from 1.
    public let notice: Int
    public let targets: [String]
}

/// The applicant corrected and submitted again.
public struct CaseResubmitted: CaseEvent {
    public static let name = "case.resubmitted"
    public let division: String
    public let caseID: Identifier
    public let notice: Int
    /// What was named and left as it is, since the applicant holds it to be right; nil where there is none.
    public let asIs: [String]?
}

/// The case was accepted.
public struct CaseAccepted: CaseEvent {
    public static let name = "case.accepted"
    public let division: String
    public let caseID: Identifier
    public let mode: Acceptance.Mode
    public let gaps: [String]
    public let due: String
    public let isProvisional: Bool
}

/// The case was not accepted.
public struct CaseNotAccepted: CaseEvent {
    public static let name = "case.not_accepted"
    public let division: String
    public let caseID: Identifier
}

/// An item went to its department.
public struct CaseItemOpened: CaseEvent {
    public static let name = "case.item_opened"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let agency: Identifier
    public let due: String
    public let isProvisional: Bool
}

/// An item was decided.
public struct CaseItemDecided: CaseEvent {
    public static let name = "case.item_decided"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let outcome: Decision.Outcome
    public let licences: [Identifier]
    public let isForSampling: Bool
}

/// An item ended because one that it depends on was refused.
public struct CaseItemEnded: CaseEvent {
    public static let name = "case.item_ended"
    public let division: String
    public let caseID: Identifier
    public let item: String
    /// The item whose refusal ended it.
    public let because: String
}

/// A special procedure began.
public struct CaseItemPaused: CaseEvent {
    public static let name = "case.item_paused"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let procedure: SpecialProcedure
}

/// A special procedure ended.
public struct CaseItemResumed: CaseEvent {
    public static let name = "case.item_resumed"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let due: String
}

/// A fee is to be paid before an item can be worked on; its clock stands still.
public struct CaseChargeDemanded: CaseEvent {
    public static let name = "case.charge_demanded"
    public let division: String
    public let caseID: Identifier
    public let item: String
    /// The order under which payment knows it.
    public let order: Identifier
}

/// The fee of an item was paid; it is worked on now.
public struct CaseChargeSettled: CaseEvent {
    public static let name = "case.charge_settled"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let order: Identifier
    public let due: String
}

/// The number in the department's own system was recorded.
public struct CaseOutsideNumberRecorded: CaseEvent {
    public static let name = "case.outside_number_recorded"
    public let division: String
    public let caseID: Identifier
    public let item: String
}

/// The original of a result that was issued elsewhere was recorded.
public struct CaseOriginalRecorded: CaseEvent {
    public static let name = "case.original_recorded"
    public let division: String
    public let caseID: Identifier
    public let item: String
    public let result: String
}

/// A tolerated gap was filled.
public struct CaseGapFilled: CaseEvent {
    public static let name = "case.gap_filled"
    public let division: String
    public let caseID: Identifier
    public let slot: String
}

/// All items are over and at least one was granted.
public struct CaseCompleted: CaseEvent {
    public static let name = "case.completed"
    public let division: String
    public let caseID: Identifier
    public let granted: [String]
    public let refused: [String]
}

/// All items are over and none was granted.
public struct CaseRefused: CaseEvent {
    public static let name = "case.refused"
    public let division: String
    public let caseID: Identifier
}

/// It was recorded how a paper was served.
public struct CasePaperServed: CaseEvent {
    public static let name = "case.paper_served"
    public let division: String
    public let caseID: Identifier
    public let paper: Identifier
    public let way: PaperService.Way
}

/// The applicant took the case back.
public struct CaseWithdrawn: CaseEvent {
    public static let name = "case.withdrawn"
    public let division: String
    public let caseID: Identifier
}

/// The offices ended the case without a decision.
public struct CaseTerminated: CaseEvent {
    public static let name = "case.terminated"
    public let division: String
    public let caseID: Identifier
    /// The legal ground; nil in events of earlier programs.
    public let ground: TerminationGround?
}

/// The clocks were computed anew.
public struct CaseClocksRecomputed: CaseEvent {
    public static let name = "case.clocks_recomputed"
    public let division: String
    public let caseID: Identifier
    public let due: String
}

/// Somebody else than the applicant looked at the case.
public struct CaseViewed: CaseEvent {
    public static let name = "case.viewed"
    public let division: String
    public let caseID: Identifier
}

/// The applicant signed at a window what was recorded for it.
public struct CaseSigned: CaseEvent {
    public static let name = "case.signed"
    public let division: String
    public let caseID: Identifier
    public let kind: ApplicantSignature.Kind
    /// The member of staff before whom it was signed.
    public let witness: Identifier
}

/// A party is asked for its consent; told in a stream beside the case's, since the case itself stays as it is.
public struct CaseConsentAsked: CaseEvent {
    public static let name = "case.consent_asked"
    public let division: String
    public let caseID: Identifier
    public let role: String
}

/// The applicant's time to correct ends within two working days; told in a stream beside the case's.
public struct CaseCorrectionDueSoon: CaseEvent {
    public static let name = "case.correction_due_soon"
    public let division: String
    public let caseID: Identifier
    /// Which notice it is, counted from 1.
    public let notice: Int
}

/// The applicant's time to supply what was tolerated to be missing ends within two working days; told in a stream beside
/// the case's.
public struct CaseGapDueSoon: CaseEvent {
    public static let name = "case.gap_due_soon"
    public let division: String
    public let caseID: Identifier
}
