public import Catalogue
public import Standards

/// What one situation takes (办事方案): the items in order, the one form, the materials, the days, the fees.
public struct Plan: Sendable, Hashable, Codable {
    /// The answers that led to it.
    public let answers: Answers
    /// The items in an order in which each stands behind those it waits for.
    public let items: [PlannedItem]
    /// The sections and fields of the one form that apply.
    public let form: [FormSection]
    /// The parties that apply.
    public let parties: [PartyRole]
    /// The roles whose consent or signature is needed before submission.
    public let consents: [String]
    /// The roles that may consent though they need not, so that their own licences can serve.
    public let invitations: [String]
    /// The materials, each once.
    public let materials: [PlannedMaterial]
    /// The fee lines of all items, itemised.
    public let fees: [PlannedFee]
    /// What the applicant should know.
    public let advice: [String]
    /// The promise for the whole.
    public let promisedLimit: TimeLimit

    public init(
        answers: Answers, items: [PlannedItem], form: [FormSection], parties: [PartyRole], consents: [String],
        invitations: [String] = [], materials: [PlannedMaterial], fees: [PlannedFee], advice: [String],
        promisedLimit: TimeLimit
    ) {
        self.answers = answers
        self.items = items
        self.form = form
        self.parties = parties
        self.consents = consents
        self.invitations = invitations
        self.materials = materials
        self.fees = fees
        self.advice = advice
        self.promisedLimit = promisedLimit
    }
}

extension Plan {
    /// Whether the form asks what a business does.
    var asksForBusinessScope: Bool {
        form.contains { $0.fields.contains { $0.kind == .businessScope } }
    }

    /// The form fields that an item of this very case supplies: nobody is asked for them.
    public var suppliedFields: Set<String> {
        Set(items.flatMap { $0.item.results.flatMap { $0.supplies.map(\.to) } })
    }
}

/// An item in a plan.
public struct PlannedItem: Sendable, Hashable, Codable {
    public let item: ItemDefinition
    /// The items of this plan that must be decided first.
    public let after: [String]
    /// How many items lie before it on its longest way: items of one stage run side by side. Counted from 0.
    public let stage: Int

    public var id: String { item.id }

    public init(item: ItemDefinition, after: [String], stage: Int) {
        self.item = item
        self.after = after
        self.stage = stage
    }
}

/// A material in a plan.
public struct PlannedMaterial: Sendable, Hashable, Codable {
    public let slot: MaterialSlot
    /// The items of this plan that need it.
    public let items: [String]
    /// How it is served.
    public let provision: Provision
    /// Why it must be uploaded, and how it need not be; empty where there is nothing to say.
    public let notes: [UploadNote]

    public var id: String { slot.id }

    /// Whether the applicant could bring the paper itself, be it asked for or served by a licence or a data check.
    public var mayBeUploaded: Bool {
        switch provision {
        case .upload, .exempt(source: .licence, reason: _, evidence: _),
            .exempt(source: .dataCheck, reason: _, evidence: _):
            true
        case .exempt: false
        }
    }

    /// How a material is served.
    public enum Provision: Sendable, Hashable, Codable {
        /// The applicant uploads it.
        case upload
        /// Something else serves; `evidence` names it (a licence's identifier).
        case exempt(source: MaterialSlot.Source, reason: ExemptionReason, evidence: String?)
    }

    public init(slot: MaterialSlot, items: [String], provision: Provision, notes: [UploadNote] = []) {
        self.slot = slot
        self.items = items
        self.provision = provision
        self.notes = notes
    }

    /// Why something else serves, or why the paper is asked for, in the words that fit who reads it; nil where there
    /// is nothing to say.
    public func reason(for reader: PlanReader) -> String? {
        switch provision {
        case .exempt(_, let reason, _): reason.text(for: reader)
        case .upload: notes.isEmpty ? nil : notes.map { $0.text(for: reader) }.joined()
        }
    }
}

/// A fee line in a plan.
public struct PlannedFee: Sendable, Hashable, Codable {
    public let item: String
    public let fee: Fee
    /// The reduction that holds in this situation; nil for none.
    public let reduction: FeeReduction?

    public init(item: String, fee: Fee, reduction: FeeReduction? = nil) {
        self.item = item
        self.fee = fee
        self.reduction = reduction
    }

    /// What is to be paid, in fen; nil when it is not known beforehand.
    public var due: Money? { reduction?.amount ?? fee.amount }
}

/// What planning gives.
public enum PlanningResult: Sendable, Hashable {
    case plan(Plan)
    /// Another way must be taken, and this says which.
    case notApplicable(Outcome)
    /// These questions are still to be answered.
    case unanswered([Question])
}

/// What may serve in place of a paper, asked before the plan is made: see ``MaterialSource``.
public struct AvailableSources: Sendable, Hashable {
    /// What was found of each source that was asked.
    public let found: [MaterialSlot.Source: EvidencedSource]

    /// Sources that serve, with the evidence that names each (a licence's identifier).
    public init(_ evidence: [MaterialSlot.Source: String] = [:]) {
        found = evidence.reduce(into: [:]) { $0[$1.key] = EvidencedSource(source: $1.key, evidence: $1.value) }
    }

    /// Sources as they were found.
    public init(_ sources: [EvidencedSource]) {
        found = Dictionary(sources.map { ($0.source, $0) }) { first, _ in first }
    }
}
