public import Extension
import Standards
public import Storage

extension LicenceService {
    /// Issues a licence: signs it when it is issued here, only records it when it was issued elsewhere.
    ///
    /// Signing happens inside the transaction. SM2 signatures are random, so that a closure that runs again stores
    /// another signature of the same statement; only the committed one is ever given out, so it does no harm.
    ///
    /// - Parameters:
    ///   - draft: what the licence is made from; one act issues at most one licence of a type and number to the same
    ///     holders in the same item.
    ///   - act: who and when.
    ///   - transaction: the transaction of the decision.
    /// - Throws: ``LicenceError`` with `licences.draft` and all findings, `licences.signer`, `licences.not_in_force`.
    @discardableResult
    public func issue(_ draft: LicenceDraft, by act: Act, in transaction: Transaction) throws -> Licence {
        let findings = try draft.findings(on: act.now.day, in: transaction)
        guard findings.isEmpty else {
            throw LicenceError(.draft, "证照还不能签发，请按提示逐项改正。", findings: findings)
        }
        let id = act.identifier(draft.label)
        let identifier = try identifier(for: draft, serial: id.text.uppercased(), in: transaction)
        let statement = try draft.statement(id: id, identifier: identifier?.text, by: act).checked()
            .restoring(draft)
        let licence = Licence(
            id: id, statement: statement, viewers: draft.viewers, origin: draft.origin, status: .valid, reason: nil,
            original: draft.original, version: 1)
        let file = draft.origin == .here ? try LicenceFile.signed(statement, at: act.now, by: signer) : nil
        if let old = draft.replaces { try supersede(old, with: id, basis: draft.basis, by: act, in: transaction) }
        let state = try register.insert(licence, file: file, by: act, in: transaction)
        try events.record(
            [event(for: licence)], to: Self.stream(of: licence), state: state, by: act, in: transaction)
        return licence
    }

    /// Takes over licences that people hold already, such as 结婚证 and 居民户口簿, from a register elsewhere.
    ///
    /// They count as issued elsewhere, belong to no case, and are marked as imported (``Licence/isImported``).
    @discardableResult
    public func importHeld(
        _ drafts: [LicenceDraft], by act: Act, in transaction: Transaction
    ) throws -> [Licence] {
        try drafts.map { draft in
            var draft = draft
            draft.origin = .elsewhere
            draft.caseID = nil
            draft.itemID = nil
            return try issue(draft, by: act, in: transaction)
        }
    }

    private func identifier(
        for draft: LicenceDraft, serial: String, in transaction: Transaction
    ) throws -> LicenceIdentifier? {
        guard draft.origin == .here, let code = draft.issuer.creditCode else { return nil }
        if let old = draft.replaces, let text = try register.find(old, in: transaction)?.statement.identifier {
            return try LicenceIdentifier(text).nextVersion()
        }
        return try LicenceIdentifier.make(
            typeCode: types.code(of: draft.type, issuer: code), issuer: code.text, serial: serial)
    }

    private func supersede(
        _ old: Identifier, with new: Identifier, basis: String, by act: Act, in transaction: Transaction
    ) throws {
        guard let licence = try register.find(old, in: transaction) else { throw LicenceError.unknown }
        try change(
            licence, from: [.valid], to: .superseded, basis: basis, [LicenceSuperseded(licence: old, by: new)], by: act,
            in: transaction)
    }

    private func event(for licence: Licence) -> any Event {
        let statement = licence.statement
        return switch licence.origin {
        case .here:
            LicenceIssued(
                licence: licence.id, type: statement.type, identifier: statement.identifier ?? "",
                caseID: statement.caseID, itemID: statement.itemID)
        case .elsewhere:
            LicenceRecorded(
                licence: licence.id, type: statement.type, caseID: statement.caseID, itemID: statement.itemID,
                hasOriginal: licence.original != nil)
        }
    }
}
