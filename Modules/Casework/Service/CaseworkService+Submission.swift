import Catalogue
public import Extension
import Standards
public import Storage

/// What became of a submission.
public enum SubmissionResult: Sendable {
    case submitted(CaseFile)
    /// The theme or the held licences changed since the plan was made: the draft was planned anew with all answers
    /// kept, and these are the differences to look at before submitting again.
    case replanned(CaseFile, differences: [String])
}

extension CaseworkService {
    /// Submits a draft, or submits again after a correction notice.
    ///
    /// - Parameter asIs: why what a correction notice named is right as it is, by target.
    /// - Parameter signature: the applicant's at a window; demanded where a member of staff recorded it.
    /// - Throws: ``CaseworkError`` with every finding; `duplicate` when the same thing is under way.
    public func submit(
        _ id: Identifier, asIs: [String: String] = [:], signature: GivenSignature? = nil,
        expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> SubmissionResult {
        var differences: [String]?
        let file = try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.applicant) {
            file, context in
            if file.state == .correction { return try file.resubmit(asIs: asIs, signature: signature, in: context) }
            if let found = try replan(&file, from: context, by: act, in: transaction) {
                differences = found
                return
            }
            try submitDraft(&file, signature: signature, in: context, transaction)
        }
        if differences == nil { try keep(signature, by: act, in: transaction) }
        return differences.map { .replanned(file, differences: $0) } ?? .submitted(file)
    }

    /// Stores what a pad drew, once the change that names it is made.
    func keep(_ signature: GivenSignature?, by act: Act, in transaction: Transaction) throws {
        guard let picture = signature?.picture else { return }
        try blobs.put(picture.blob, at: act.now, in: transaction)
    }

    /// Submits a draft whose plan is the one of this moment.
    func submitDraft(
        _ file: inout CaseFile, signature: GivenSignature? = nil, in context: CaseContext,
        _ transaction: Transaction
    ) throws {
        let registration = try submit(&file, signature: signature, in: context, transaction)
        try register(&file, registration, in: transaction)
    }

    /// Plans a draft anew when its theme or the evidence changed; nil when the plan is still the same.
    private func replan(
        _ file: inout CaseFile, from context: CaseContext, by act: Act, in transaction: Transaction
    ) throws -> [String]? {
        let (theme, hash) = try catalogue.current(theme: file.theme.id, in: transaction)
        let ground = file.evidenceGround(in: context.plan)
        let evidence = try evidence(theme, hash, file.answers, ground, act, transaction)
        if hash == file.theme.hash, evidence == file.evidence { return nil }
        var renewed = file
        renewed.theme = ThemeReference(id: theme.id, hash: hash)
        renewed.evidence = evidence
        let plan = try plan(of: renewed, theme: theme, at: act)
        let differences = PlanDifference.describe(from: context.plan, to: plan)
        if differences.isEmpty, hash == file.theme.hash { return nil }
        renewed.note(CaseDraftSaved(division: file.division, caseID: file.id, part: "theme"))
        file = renewed
        return differences.isEmpty ? ["办事指南已更新，您的事项和材料没有变化。"] : differences
    }
}
