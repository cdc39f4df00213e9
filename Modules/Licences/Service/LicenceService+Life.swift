public import Extension
import Standards
public import Storage

/// What may become of a licence after it was issued; each by staff of the agency that issued it.
extension LicenceService {
    /// Puts a licence out of use for the time being (暂扣).
    ///
    /// - Parameter basis: the number of the decision on which that rests (决定文书的文号).
    /// - Throws: ``LicenceError`` with `licences.not_found`, `licences.not_in_force`; ``Problem/forbidden``.
    public func suspend(_ id: Identifier, basis: String, by act: Act, in transaction: Transaction) throws {
        let (licence, basis) = (try own(id, by: act, in: transaction), try Self.checked(basis))
        try change(
            licence, from: [.valid], to: .suspended, basis: basis, [LicenceSuspended(licence: id)], by: act,
            in: transaction)
    }

    /// Lets a suspended licence be used again.
    ///
    /// - Throws: as ``suspend(_:basis:by:in:)``.
    public func resume(_ id: Identifier, basis: String, by act: Act, in transaction: Transaction) throws {
        let (licence, basis) = (try own(id, by: act, in: transaction), try Self.checked(basis))
        try change(
            licence, from: [.suspended], to: .valid, basis: basis, [LicenceResumed(licence: id)], by: act,
            in: transaction)
    }

    /// Ends a licence before its time (撤销、注销、吊销).
    ///
    /// - Throws: ``LicenceError`` with `licences.not_found` or, when it has ended already, `licences.not_in_force`;
    ///   ``Problem/forbidden`` unless the actor holds `licences.manage` at the issuing agency.
    public func revoke(
        _ id: Identifier, reason: LicenceRevocation, basis: String, by act: Act, in transaction: Transaction
    ) throws {
        let (licence, basis) = (try own(id, by: act, in: transaction), try Self.checked(basis))
        try change(
            licence, from: [.valid, .suspended], to: .revoked, reason: reason, basis: basis,
            [LicenceRevoked(licence: id, reason: reason)], by: act, in: transaction)
    }

    /// Issues a licence anew (变更、延续、补发、更正): the next version of its identifier, signed anew; the old one is
    /// superseded.
    ///
    /// - Throws: ``LicenceError`` with `licences.draft` and all findings, and as ``suspend(_:basis:by:in:)``.
    public func reissue(
        _ id: Identifier, _ change: LicenceChange, by act: Act, in transaction: Transaction
    ) throws -> Licence {
        let old = try own(id, by: act, in: transaction)
        guard old.origin == .here else {
            throw LicenceError(
                .notOurs, "这份证照由\(old.statement.issuer.name)签发，本系统只作登记，不能变更。请到签发机构办理后重新登记。")
        }
        let findings = change.findings(for: old, on: act.now.day) + Self.findings(ofBasis: change.basis)
        guard findings.isEmpty else { throw LicenceError(.draft, "证照还不能换发，请按提示逐项改正。", findings: findings) }
        let statement = old.statement
        var draft = LicenceDraft(
            type: statement.type, title: statement.title, number: statement.number, holders: statement.holders,
            viewers: old.viewers, issuer: statement.issuer, origin: .here,
            validUntil: change.validUntil ?? statement.validUntil, fields: change.applied(to: statement.fields),
            caseID: try statement.caseID.map { try Identifier($0) }, itemID: statement.itemID,
            division: statement.division, replaces: id)
        draft.basis = change.basis.withoutInvisibles.trimmed
        let licence = try issue(draft, by: act, in: transaction)
        try events.record(
            [LicenceReissued(licence: licence.id, replaces: id, ground: change.ground)],
            to: Self.stream(of: licence), by: act, in: transaction)
        return licence
    }

    /// What is wrong with the number of a decision.
    public static func findings(ofBasis basis: String) -> [Finding] {
        (1...80).contains(basis.withoutInvisibles.trimmed.count)
            ? [] : [Finding("basis", "field.required", "请填写决定文书的文号，不超过 80 个字。")]
    }

    private static func checked(_ basis: String) throws -> String {
        let findings = findings(ofBasis: basis)
        guard findings.isEmpty else { throw LicenceError(.draft, "还不能办理，请按提示改正。", findings: findings) }
        return basis.withoutInvisibles.trimmed
    }

    /// A licence of the actor's own agency, to be changed.
    private func own(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Licence {
        guard let licence = try register.find(id, in: transaction) else { throw LicenceError.unknown }
        let isOwn = act.actor.kind == .system || act.actor.post?.agency == licence.statement.issuer.agency
        guard act.actor.holds(Self.manage), isOwn else { throw Problem.forbidden }
        return licence
    }

    /// Changes the state of a licence and tells so, in its own chain and in the one that vouches for its state.
    func change(
        _ licence: Licence, from states: [LicenceStatus], to status: LicenceStatus,
        reason: LicenceRevocation? = nil, basis: String = "", _ told: [any Event], by act: Act,
        in transaction: Transaction
    ) throws {
        let state = try register.change(
            licence.id, from: states, to: status, reason: reason, basis: basis, by: act, in: transaction)
        guard let state else {
            throw LicenceError(
                .notInForce, "这份证照现在是“\(licence.standing(on: act.now.day))”，不能这样办理。请重新查看它的最新状态。")
        }
        try events.record(told, to: Self.stream(of: licence), by: act, in: transaction)
        try events.record(
            [LicenceStandingChanged(licence: licence.id, status: status, reason: reason)],
            to: StreamID(division: licence.statement.division, kind: "licence-standing", id: licence.id.text),
            state: state, by: act, in: transaction)
    }
}
