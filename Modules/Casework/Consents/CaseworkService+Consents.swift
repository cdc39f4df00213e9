public import Catalogue
public import Extension
import Standards
public import Storage

/// A case as a party who is asked to consent sees it: who asks, and exactly what it is to agree to.
public struct ConsentOffer: Sendable {
    public let caseID: Identifier
    let division: String
    public let theme: Theme
    public let scope: ConsentScope
    /// The applicant's name as the form has it.
    public let applicantName: String
    /// Whether consent is needed before submission; else it only lets the party's own licences serve.
    public let isRequired: Bool
    /// Whether it was given to what the case says now.
    public let isGiven: Bool
    /// Whether one was given and lapsed, since what it was given to was changed.
    public let hasLapsed: Bool
    /// Whether the party refused what the case says now.
    public let isRefused: Bool
    /// Whether the case can still be agreed to.
    public let isOpen: Bool
    /// Whether the form has another name for the party than the verified one; then nothing can be agreed to.
    public let hasOtherName: Bool
}

extension CaseworkService {
    /// What is verified of who acts, as far as it matters to a role's consent.
    ///
    /// - Throws: when who acts for the enterprise has no mandate that covers the theme.
    public func knownForConsent(as role: String, of id: Identifier, by act: Act) async throws -> [String: String] {
        let (theme, isForEnterprise) = try await database.read { [self] snapshot -> (String, Bool) in
            guard let (file, plan, _) = try open(id, by: act, in: snapshot) else { throw CaseworkError.notFound }
            return (file.theme.id, ConsentScope(of: role, in: file, plan)?.isEnterprise ?? false)
        }
        return try await knownValues(for: isForEnterprise ? theme : nil, by: act)
    }

    /// What a party is asked to agree to.
    ///
    /// - Throws: ``CaseworkError`` `not_found` for everybody whom the form does not name by a verified number.
    public func consentOffer(of id: Identifier, as role: String, by act: Act) async throws -> ConsentOffer {
        let known = try await knownForConsent(as: role, of: id, by: act)
        let offer = try await database.read { [self] in
            try consentOffer(of: id, as: role, known: known, by: act, in: $0)
        }
        try await lookUps.note(
            CaseViewed(division: offer.division, caseID: id),
            stream: StreamID(division: offer.division, kind: "case-lookup", id: id.text), by: act)
        return offer
    }

    /// As ``consentOffer(of:as:by:)``, in a snapshot and without a note of the look-up.
    func consentOffer(
        of id: Identifier, as role: String, known: [String: String], by act: Act, in snapshot: Snapshot
    ) throws -> ConsentOffer {
        guard let (file, plan, theme) = try open(id, by: act, in: snapshot),
            let scope = ConsentScope(of: role, in: file, plan)
        else { throw CaseworkError.notFound }
        return try offering(scope, file, plan, theme, known: known, by: act)
    }

    /// Records the consent of the party who acts; its verified number and name must be those in the form.
    ///
    /// - Parameters:
    ///   - known: what is verified of who acts, from ``knownForConsent(as:of:by:)``.
    ///   - seen: the digest of what the party saw, so that it agrees to nothing else.
    public func consent(
        as role: String, of id: Identifier, known: [String: String], seen: String, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, by: act, in: transaction, access: { _, _ in }) { file, context in
            guard let person = act.actor.person, let scope = ConsentScope(of: role, in: file, context.plan) else {
                throw CaseworkError.notFound
            }
            switch ConsentRecognition(scope, act.actor, known: known) {
            case .stranger: throw CaseworkError.notFound
            case .otherName: throw CaseworkError.otherName(scope.party)
            case .party: break
            }
            if seen != scope.digest { throw CaseworkError.consentOutdated }
            if file.consent(of: role, in: context.plan) != nil { return }
            try file.consent(to: scope, in: context)
            try store.involve(
                person, for: scope.isEnterprise ? act.actor.party : nil, as: role, in: file, transaction)
        }
    }

    /// What the party in whose name the actor acts is asked to agree to, newest case first.
    public func pendingConsents(
        after cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<ConsentOfferView> {
        guard act.actor.kind == .person else { throw Problem.signInRequired }
        // Nobody agrees for another.
        if act.actor.helper != nil { return CursorPage() }
        let known = try await knownValues(by: act)
        let isForEnterprise = act.actor.party != act.actor.person
        let key: PrefillKey = isForEnterprise ? .enterpriseCreditCode : .applicantIDNumber
        guard let number = known[key.rawValue], !number.isEmpty else { return CursorPage() }
        let start = (cursor ?? "~").split(separator: "/", maxSplits: 1).map(String.init)
        return try await database.read { [self] snapshot in
            let rows = try snapshot.rows(
                """
                SELECT case_id, role FROM case_consent_request
                WHERE digest = ? AND (case_id < ? OR (case_id = ? AND role > ?))
                ORDER BY case_id DESC, role LIMIT ?
                """, store.consentDigest(number), start.first ?? "~", start.first ?? "~",
                start.count > 1 ? start[1] : "~", limit + 1)
            var page = CursorPage<ConsentOfferView>()
            for row in rows.prefix(limit) {
                let id: Identifier = try row.get("case_id")
                let role: String = try row.get("role")
                let opened: (file: CaseFile, plan: Plan, theme: Theme)?
                do { opened = try open(id, by: act, in: snapshot) } catch is CaseworkError {
                    // A draft that can't be planned any more, since its items ended, keeps nobody from the others.
                    continue
                }
                guard let (file, plan, theme) = opened, let scope = ConsentScope(of: role, in: file, plan) else {
                    continue
                }
                page.items.append(
                    ConsentOfferView(try offering(scope, file, plan, theme, known: known, by: act)))
            }
            if rows.count > limit, let last = rows.prefix(limit).last {
                page.next = "\(try last.get("case_id", as: String.self))/\(try last.get("role", as: String.self))"
            }
            return page
        }
    }

    private func offering(
        _ scope: ConsentScope, _ file: CaseFile, _ plan: Plan, _ theme: Theme, known: [String: String], by act: Act
    ) throws -> ConsentOffer {
        let role = scope.party.id
        var hasOtherName = false
        switch ConsentRecognition(scope, act.actor, known: known) {
        case .stranger: throw CaseworkError.notFound
        case .otherName: hasOtherName = true
        case .party: break
        }
        return ConsentOffer(
            caseID: file.id, division: file.division, theme: theme, scope: scope,
            applicantName: plan.applicantName(of: file),
            isRequired: plan.consents.contains(role), isGiven: file.consent(of: role, in: plan) != nil,
            hasLapsed: file.lapsedConsents?[role] != nil, isRefused: file.refusal(of: role, in: plan) != nil,
            isOpen: file.isEditable, hasOtherName: hasOtherName)
    }

    private func open(
        _ id: Identifier, by act: Act, in snapshot: Snapshot
    ) throws -> (file: CaseFile, plan: Plan, theme: Theme)? {
        guard act.actor.kind == .person, let file = try store.find(id, in: snapshot) else { return nil }
        let theme = try catalogue.theme(hash: file.theme.hash, in: snapshot)
        return (file, try plan(of: file, theme: theme, at: act), theme)
    }
}

extension Plan {
    /// The applicant's name as its form has it: that of the enterprise where it applies, else the person's.
    public func applicantName(of file: CaseFile) -> String {
        let isPerson = !file.applicant.isEnterprise
        let keys: [PrefillKey] = isPerson ? [.applicantName] : [.enterpriseName, .applicantName]
        let fields = form.flatMap(\.fields)
        return keys.lazy.compactMap { key in fields.first { $0.prefill == key.rawValue } }.first
            .flatMap { file.form[$0.id] } ?? ""
    }
}
