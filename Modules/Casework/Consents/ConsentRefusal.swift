import Catalogue
public import Extension
public import Standards
public import Storage

/// That a party does not agree to what the case says, or takes its consent back, bound to who said so and to what.
public struct ConsentRefusal: Sendable, Hashable, Codable {
    /// The natural person who refused.
    public let person: Identifier
    public let at: Instant
    /// The enterprise in whose name the person refused; nil for its own.
    public let party: Identifier?
    /// The digest of what was refused: what the case says later is asked anew.
    public let scope: String
    /// What the applicant is told of the reason; nil for nothing.
    public let reason: String?
}

extension CaseFile {
    /// The refusal of a role where it was of what the case says now.
    func refusal(of role: String, in plan: Plan) -> ConsentRefusal? {
        guard let refusal = refusedConsents?[role],
            ConsentScope(of: role, in: self, plan)?.digest == refusal.scope
        else { return nil }
        return refusal
    }

    /// Records that a party does not agree to what the case says now.
    ///
    /// - Returns: the consent that it takes back; nil when it had given none.
    mutating func refuse(_ scope: ConsentScope, reason: String?, in context: CaseContext) throws -> Consent? {
        guard let person = context.act.actor.person else { throw Problem.signInRequired }
        guard context.act.actor.helper == nil else { throw CaseworkError.consentInPerson }
        guard isEditable else { throw CaseworkError.tooLateToRefuse }
        let role = scope.party.id
        let taken = consents.removeValue(forKey: role)
        lapsedConsents?[role] = nil
        let refusal = ConsentRefusal(
            person: person, at: context.act.now, party: scope.isEnterprise ? context.act.actor.party : nil,
            scope: scope.digest, reason: reason)
        refusedConsents = (refusedConsents ?? [:]).merging([role: refusal]) { $1 }
        note(CaseConsentRefused(division: division, caseID: id, role: role, isWithdrawal: taken != nil))
        return taken
    }

    /// Forgets the refusals of what the case no longer says: their parties are asked anew.
    mutating func dropOutdatedRefusals(in plan: Plan) {
        guard let refusedConsents else { return }
        let standing = refusedConsents.filter { refusal(of: $0.key, in: plan) != nil }
        self.refusedConsents = standing.isEmpty ? nil : standing
    }
}

extension CaseworkService {
    /// Records that the party who acts does not agree, or takes its consent back while the case can still be changed.
    ///
    /// Unlike for a consent, the name in the form need not be the party's: the number is, and whoever it belongs to may
    /// say no.
    ///
    /// - Parameters:
    ///   - known: what is verified of who acts, from ``knownForConsent(as:of:by:)``.
    ///   - reason: what the applicant is to be told; nil for nothing.
    /// - Throws: ``CaseworkError`` `not_found` for everybody whom the form does not name, `wrong_state` after submission.
    public func refuseConsent(
        as role: String, of id: Identifier, known: [String: String], reason: String?, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, by: act, in: transaction, access: { _, _ in }) { file, context in
            guard let scope = ConsentScope(of: role, in: file, context.plan),
                ConsentRecognition(scope, act.actor, known: known) != .stranger
            else { throw CaseworkError.notFound }
            if let taken = try file.refuse(scope, reason: reason, in: context) {
                try store.release(taken.person, from: role, in: file, transaction)
            }
        }
    }
}

extension CaseworkError {
    static let tooLateToRefuse = CaseworkError(
        .wrongState, "现在不能改变意见", "这件事已经提交或结束，不能再在网上表示不同意。请联系申请人撤回申请，或者联系受理窗口说明情况。")
}
