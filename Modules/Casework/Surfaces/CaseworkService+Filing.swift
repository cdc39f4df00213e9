import Catalogue
import Extension
import Standards
import Storage

/// A new case made ready before the write that files it: filled in, planned, checked and put into words.
struct PreparedCase: Sendable {
    let file: CaseFile
    let plan: Plan
    /// What the journal is to hold of the events so far, which are no longer in the file.
    let entries: [JournalEntry]
    /// Nil for a draft.
    let registration: CaseRegistration?
    /// How the applicant sees it, but for its number.
    let view: CaseView
    /// The state of themes, agencies and calendar on which all that stands.
    let basis: RevisionBasis
    /// Where the papers were looked for, and what names those that were found.
    let sources: [MaterialSlot.Source]
    let ground: EvidenceGround
    let names: [String?]
}

extension CaseworkService {
    /// Makes a new case ready; it changes nothing in the database.
    ///
    /// - Throws: ``CaseworkError`` with every finding.
    func prepare(_ input: NewCase, by act: Act, in snapshot: Snapshot) throws -> PreparedCase {
        let basis = try RevisionBasis(in: snapshot)
        let known = try knownValues(for: input.theme, by: act, in: snapshot)
        var (file, context) = try draft(
            theme: input.theme, answers: input.answers, division: input.division, known: known, by: act, in: snapshot)
        if !input.form.isEmpty { try file.fill(input.form, in: context) }
        if let choice = input.delivery { try file.choose(choice, in: context) }
        let ground = file.evidenceGround(in: context.plan)
        file.evidence = try evidence(context.theme, file.theme.hash, file.answers, ground, act, snapshot)
        context = context.with(try plan(of: file, theme: context.theme, at: act))
        for (slot, word) in input.substitutes.sorted(by: { $0.key < $1.key }) {
            try file.substitute(slot, by: try Self.substitute(word), in: context)
        }
        let registration = input.submit ? try submit(&file, in: context, snapshot) : nil
        let sources = plans.sourcesToAsk(
            context.theme, hash: file.theme.hash, answers: file.answers, on: act.now.day)
        let view = CaseView(
            try sight(of: file, context.theme, .success(context.plan), by: act, in: snapshot), at: act.now)
        let entries = try store.entries(of: &file, by: act)
        return PreparedCase(
            file: file, plan: context.plan, entries: entries, registration: registration, view: view, basis: basis,
            sources: sources, ground: ground,
            names: sources.map { source in file.evidence.first { $0.source == source }?.evidence })
    }

    /// Files a new case, as it was made ready where that still stands.
    func file(
        _ input: NewCase, prepared: PreparedCase?, by act: Act, in transaction: Transaction
    ) throws -> CaseView {
        if let prepared, try stands(prepared, by: act, in: transaction) {
            return try file(prepared, by: act, in: transaction)
        }
        return try file(try prepare(input, by: act, in: transaction), by: act, in: transaction)
    }

    /// All of a new case is one version: sealed, journalled and written once; its papers' numbers, which it holds, are
    /// drawn in the write.
    private func file(_ prepared: PreparedCase, by act: Act, in transaction: Transaction) throws -> CaseView {
        var file = prepared.file
        if let registration = prepared.registration { try register(&file, registration, in: transaction) }
        try insert(&file, after: prepared.entries, planned: prepared.plan, by: act, in: transaction)
        var view = prepared.view
        view.number = file.number
        return view
    }

    /// Whether a preparation would come out the same now: nothing that all share was changed, and the applicant's
    /// wallet holds what it held.
    private func stands(_ prepared: PreparedCase, by act: Act, in transaction: Transaction) throws -> Bool {
        guard try prepared.basis.holds(in: transaction) else { return false }
        if prepared.sources.isEmpty { return true }
        return try materials.names(
            of: prepared.sources, for: prepared.ground, on: act.now.day, in: transaction) == prepared.names
    }
}
