import Catalogue
import Extension
import Standards
import Storage

/// What follows from a change of a case that may still be edited: consents to what it no longer says lapse, and what
/// serves in place of papers is held to the form as it is now.
extension CaseworkService {
    /// Settles a changed case.
    ///
    /// - Returns: the plan of the case as it stands then.
    func settle(_ file: inout CaseFile, by act: Act, in transaction: Transaction) throws -> Plan {
        let theme = try catalogue.theme(hash: file.theme.hash, in: transaction)
        let plan = try plan(of: file, theme: theme, at: act)
        guard file.isEditable else { return plan }
        file.dropOutdatedRefusals(in: plan)
        for (role, consent) in file.dropLapsedConsents(in: plan, at: act.now) {
            try store.release(consent.person, from: role, in: file, transaction)
        }
        let asked = plans.sourcesToAsk(theme, hash: file.theme.hash, answers: file.answers, on: act.now.day)
        if asked.contains(where: \.dependsOnCase) {
            let found = try materials.available(
                asked.filter(\.dependsOnCase), for: file.evidenceGround(in: plan), on: act.now.day, in: transaction)
            file.evidence = asked.compactMap { source in
                (source.dependsOnCase ? found : file.evidence).first { $0.source == source }
            }
        }
        return try self.plan(of: file, theme: theme, at: act)
    }

    /// Writes a new case, with the papers that filing it gave rise to, and asks its parties.
    ///
    /// - Parameter entries: what the journal is to hold of the events that were taken out of it before.
    func insert(
        _ file: inout CaseFile, after entries: [JournalEntry] = [], planned: Plan, by act: Act,
        in transaction: Transaction
    ) throws {
        if !file.pendingPapers.isEmpty {
            try issuePapers(&file, try context(for: file, planned, by: act, in: transaction), in: transaction)
        }
        try store.insert(&file, after: entries, by: act, in: transaction)
        let asking = file.consentRequests(in: planned)
        if !asking.isEmpty { try store.ask(asking, in: file, by: act, transaction) }
    }
}

extension CaseFile {
    /// Whose papers may serve in this case, and what they must agree with.
    func evidenceGround(in plan: Plan) -> EvidenceGround {
        EvidenceGround(
            applicant: applicant, consenters: consenters(in: plan),
            parties: plan.parties.reduce(into: [:]) { parties, party in
                parties[party.id] = StatedParty(
                    name: form[party.nameField] ?? "", identifier: party.identifierField.flatMap { form[$0] } ?? "")
            }, form: form)
    }
}
