public import Catalogue
public import Extension
import Standards
public import Storage

/// A case as one viewer may see it: the file with everything else blanked out, its plan and its theme.
public struct CaseSight: Sendable {
    /// Why the viewer may look.
    public enum Role: Sendable, Hashable {
        /// The applicant or who acts for it.
        case applicant
        /// Another party, who has consented in these roles: what it agreed to, and the progress.
        case party(roles: [String])
        /// A clerk of the division, or its supervisor: everything.
        case clerk
        /// An officer: only these items, their fields and their materials.
        case officer(items: [String])
        /// The system.
        case system
    }

    public let file: CaseFile
    public let plan: Plan
    public let theme: Theme
    public let role: Role
    /// The names of the agencies by their identifiers.
    public let agencyNames: [Identifier: String]

    /// For whom the plan is put into words.
    public var reader: PlanReader { role == .applicant ? .applicant : .other }

    /// The materials that the viewer may know of.
    public var materials: [PlannedMaterial] {
        switch role {
        case .party: []
        case .officer(let items): plan.materials.filter { !Set($0.items).isDisjoint(with: items) }
        case .applicant, .clerk, .system: plan.materials
        }
    }

    /// The roles whose consent the viewer may know of.
    public var consentRoles: [String] {
        if case .party(let roles) = role { return roles }
        return plan.consents + plan.invitations
    }

    /// The items that the viewer decides.
    public var ownItems: [String] {
        if case .officer(let items) = role { return items }
        return []
    }
}

extension CaseworkService {
    /// A case as the actor may see it.
    ///
    /// - Throws: ``CaseworkError`` `not_found` also when the actor may not know of it.
    public func sight(of id: Identifier, by act: Act) async throws -> CaseSight {
        let seen = try await database.read { try sight(of: id, by: act, in: $0) }
        try await note(seen, by: act)
        return seen
    }

    /// A case by its number, as the actor may see it.
    public func sight(number: String, by act: Act) async throws -> CaseSight {
        let seen = try await database.read { try sight(number: number, by: act, in: $0) }
        try await note(seen, by: act)
        return seen
    }

    /// A case by its number, as the actor may see it, in a snapshot; the caller records the look.
    public func sight(number: String, by act: Act, in snapshot: Snapshot) throws -> CaseSight {
        let id: Identifier? = try snapshot.row("SELECT id FROM case_file WHERE number = ?", number)?.get("id")
        guard let id else { throw CaseworkError.notFound }
        return try sight(of: id, by: act, in: snapshot)
    }

    /// Records that somebody else than the applicant looked at a case, in a chain of its own beside the case's.
    private func note(_ sight: CaseSight, by act: Act) async throws {
        if sight.role == .applicant { return }
        let file = sight.file
        try await lookUps.note(
            CaseViewed(division: file.division, caseID: file.id),
            stream: StreamID(division: file.division, kind: "case-lookup", id: file.id.text), by: act)
    }

    /// A case as the actor may see it, in a snapshot.
    public func sight(of id: Identifier, by act: Act, in snapshot: Snapshot) throws -> CaseSight {
        guard let file = try store.find(id, in: snapshot) else { throw CaseworkError.notFound }
        return try sight(of: file, by: act, in: snapshot)
    }

    /// A case in hand as the actor may see it.
    func sight(of file: CaseFile, by act: Act, in snapshot: Snapshot) throws -> CaseSight {
        let theme = try catalogue.theme(hash: file.theme.hash, in: snapshot)
        return try sight(of: file, theme, Result { try plan(of: file, theme: theme, at: act) }, by: act, in: snapshot)
    }

    /// A case in hand whose plan is known, as the actor may see it.
    func sight(
        of file: CaseFile, _ theme: Theme, _ planned: Result<Plan, any Error>, by act: Act, in snapshot: Snapshot
    ) throws -> CaseSight {
        // A draft that can't be planned any more tells that to nobody who has no part in it.
        let role = try role(for: file, try? planned.get(), act)
        let plan = try planned.get()
        var file = file
        if file.items.contains(where: { $0.state == .paused || $0.state == .unpaid }) {
            // A running pause moves the deadlines with every day that it lasts.
            file.recomputeClocks(
                in: CaseContext(
                    act: act, calendar: try calendars.calendar(in: snapshot), theme: theme, plan: plan, rules: rules))
        }
        return CaseSight(
            file: file.blanked(for: role, theme: theme, plan: plan), plan: plan, theme: theme, role: role,
            agencyNames: try agencies.names(of: Set(file.items.map(\.agency)), in: snapshot))
    }

    private func role(for file: CaseFile, _ plan: Plan?, _ act: Act) throws -> CaseSight.Role {
        let actor = act.actor
        switch actor.kind {
        case .system: return .system
        case .anonymous: throw Problem.signInRequired
        case .person:
            if file.isApplicant(actor) { return .applicant }
            // The consent itself and no list beside it: whose consent lapsed has no part in the case any more.
            let roles = file.consents.filter { role, consent in
                consent.isOf(person: actor.person, party: actor.party)
                    && plan.map { file.consent(of: role, in: $0) != nil } ?? false
            }.keys.sorted()
            if roles.isEmpty { throw CaseworkError.notFound }
            return .party(roles: roles)
        case .staff:
            guard let post = actor.post, file.state != .draft else { throw CaseworkError.notFound }
            let isInDivision = DivisionCode.covers(post.division, file.division)
            if isInDivision, actor.holds(.acceptCases) || actor.holds(.superviseCases) { return .clerk }
            let own = file.items.filter { $0.agency == post.agency }.map(\.id)
            if actor.holds(.decideItems), !own.isEmpty { return .officer(items: own) }
            throw CaseworkError.notFound
        }
    }
}

extension CaseFile {
    /// Whether the officer of these items needs the personal data themselves: before acceptance, to name faults, and from
    /// the day on which one of the items is open.
    private func mayRead(_ own: [String]) -> Bool {
        times.accepted == nil || own.contains { task($0)?.state != .waiting }
    }

    /// The case without what the viewer may not see.
    func blanked(for role: CaseSight.Role, theme: Theme, plan: Plan) -> CaseFile {
        switch role {
        case .applicant, .clerk, .system: self
        case .party(let roles): left(to: roles, plan: plan)
        case .officer(let own): needed(by: own, theme: theme, plan: plan)
        }
    }

    /// What the parties agreed to, and how far the items are.
    private func left(to roles: [String], plan: Plan) -> CaseFile {
        var file = self
        file.form = roles.reduce(into: [:]) { shown, role in
            shown.merge(ConsentScope(of: role, in: self, plan)?.values ?? [:]) { $1 }
        }
        file.consents = consents.filter { roles.contains($0.key) }
        file.lapsedConsents = nil
        file.refusedConsents = nil
        file.evidence = []
        file.materials = [:]
        file.corrections = []
        file.departmentFaults = []
        file.papers = nil
        file.delivery = nil
        for index in file.items.indices {
            file.items[index].decision = file.items[index].decision?.outcomeOnly
            file.items[index].outsideNumber = nil
            file.items[index].originals = nil
        }
        return file
    }

    /// What an officer needs to decide these items.
    private func needed(by own: [String], theme: Theme, plan: Plan) -> CaseFile {
        var file = self
        // The theme's form and not the plan's, which leaves out what an item of the case supplies to the later ones.
        let fields = theme.form.flatMap(\.fields)
            .filter { $0.items.isEmpty || !Set($0.items).isDisjoint(with: own) }.map(\.id)
        let slots = plan.materials.filter { !Set($0.items).isDisjoint(with: own) }.map(\.id)
        file.form = form.filter { fields.contains($0.key) }
        if !mayRead(own) {
            for field in theme.form.flatMap(\.fields) {
                if let value = file.form[field.id] { file.form[field.id] = field.covered(value) }
            }
        }
        file.materials = materials.filter { slots.contains($0.key) }
        file.departmentFaults = departmentFaults.filter { own.contains($0.item) }
        file.papers = papers?.filter { paper in
            guard let item = item(of: paper) else { return false }
            return own.contains(item)
        }
        file.delivery = nil
        for index in file.items.indices where !own.contains(file.items[index].id) {
            file.items[index].decision = nil
            file.items[index].outsideNumber = nil
        }
        return file
    }
}
