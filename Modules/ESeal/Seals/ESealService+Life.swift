import Cryptography
import Documents
public import Extension
import Organisation
public import Standards
public import Storage

extension ESealService {
    /// How long a seal is valid, in days.
    static let validDays = 1095

    /// Applies for a seal (申请). Whoever keeps an agency's seals applies for that agency alone.
    ///
    /// - Throws: ``SealError`` with `eseal.invalid` and all findings; ``Problem/forbidden``.
    @discardableResult
    public func apply(
        _ application: SealApplication, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        let organisation = try self.organisation.snapshot(in: transaction)
        guard act.actor.holds(Self.keep), organisation.belongs(act.actor, to: application.agency) else {
            throw Problem.forbidden
        }
        guard let agency = organisation.agencies[application.agency], agency.validity.contains(act.now.day) else {
            throw SealError(.invalid, "没有这个单位，或它已撤并。请核对后重新申请。")
        }
        let name = agency.name(on: act.now.day)
        var findings = application.findings(agencyNamed: name)
        let others = try register.list(agency: agency.id, in: transaction).filter { !$0.state.isFinal }
        let same = others.filter { $0.kind == application.kind && $0.design.purpose == application.purpose }
        if let old = application.replaces {
            if !same.contains(where: { $0.id == old && [.inForce, .suspended].contains($0.state) }) {
                findings.append(
                    Finding("replaces", "eseal.replaces", "要换发的印章不是本单位正在使用的同种印章。请核对后重新申请。"))
            }
        }
        // One organ has one seal of a kind; a second one waits for the end of the first.
        if same.contains(where: { $0.id != application.replaces }) {
            findings.append(Finding("kind", "eseal.second", "这个单位已有一枚同种印章，或正在办理。请办结、注销或换发原有的印章。"))
        }
        guard findings.isEmpty else { throw SealError(.invalid, "印章申请有误，请按提示逐项改正。", findings: findings) }
        return try register.insert(application, organ: name, by: act, in: transaction)
    }

    /// Approves an application (审批); not by who applied.
    public func approve(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        let seal = try decided(id, by: act, in: transaction)
        try register.step(seal, to: .approved, by: act, in: transaction)
    }

    /// Refuses an application (不予批准); not by who applied.
    public func refuse(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        let seal = try decided(id, by: act, in: transaction)
        try register.step(seal, to: .refused, by: act, in: transaction)
    }

    private func decided(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Seal {
        let seal = try seal(id, in: [.applied], by: act, holding: Self.approval, in: transaction)
        if let applicant = seal.applicant, applicant == act.actor.account {
            throw SealError(.state, "申请和审批不能是同一个人。请由另一位审批人员办理。")
        }
        return seal
    }

    /// Makes an approved seal (制作): its key and certificate, its picture, and the seal signed by the maker.
    ///
    /// - Throws: ``SealError`` with `eseal.state`, `eseal.authority` or `eseal.certificate`.
    public func make(_ id: Identifier, by act: Act) async throws {
        let (seal, maker) = try await database.read { snapshot in
            (
                try self.seal(id, in: [.approved], by: act, holding: Self.making, in: snapshot),
                try authority.current(.maker, at: act.now, in: snapshot)
            )
        }
        guard let maker else {
            throw SealError(.authority, "没有可用的制章人证书。请先运行 yiciban ca init，或 yiciban ca issue 签发制章人证书。")
        }
        let signer = try await authority.issue(
            .signer, to: DistinguishedName(commonName: seal.name, organization: seal.design.organ),
            days: Self.validDays, by: act)
        let png = try await renderer.png(seal.design)
        let svg = try await renderer.svg(seal.design)
        let start = act.now.milliseconds / 1000 * 1000
        // The seal ends with its certificate, since no one could verify it afterwards.
        let end = min(start + Int64(Self.validDays - 1) * CertificateAuthority.day, signer.certificate.notAfter)
        let identifier = Hex.encode(act.seed.bytes("eseal.identifier.\(id)", count: 16))
        let draft = ElectronicSeal.Draft(
            identifier: identifier, name: seal.name, signers: [signer.certificate.der], createdAt: start,
            validFrom: start, validUntil: end,
            picture: ElectronicSeal.Picture(
                type: "PNG", data: png, width: seal.design.shape.width, height: seal.design.shape.height))
        let makerKey = try maker.ownKey
        let encoding = try await ElectronicSeal.made(from: draft, certificate: maker.certificate.der) {
            try await keys.sign($0, with: makerKey)
        }
        try await database.write { transaction in
            try register.step(
                seal, to: .made,
                setting: [
                    ("certificate", signer.id.sql), ("key", signer.key.sql), ("identifier", identifier.sql),
                    ("seal", .blob(encoding)), ("svg", .blob(svg)), ("valid_until", Instant(milliseconds: end).sql),
                ], by: act, in: transaction)
        }
    }

    /// Receives a made seal (领取): from now on it is in force, and the one whose place it takes no longer.
    public func receive(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        let seal = try own(id, in: [.made], by: act, in: transaction)
        if let old = try seal.replaces.flatMap({ try register.find($0, in: transaction) }), !old.state.isFinal {
            try register.step(old, to: .replaced, by: act, in: transaction)
        }
        try register.step(seal, to: .inForce, by: act, in: transaction)
    }

    /// Suspends a seal (暂停使用).
    public func suspend(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        try register.step(
            try own(id, in: [.inForce], by: act, in: transaction), to: .suspended, by: act, in: transaction)
    }

    /// Takes a suspended seal into use again (恢复使用); approved by who approves seals.
    public func resume(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        let seal = try seal(id, in: [.suspended], by: act, holding: Self.approval, in: transaction)
        try register.step(seal, to: .inForce, by: act, in: transaction)
    }

    /// Ends a seal for good (注销).
    public func revoke(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        let states: [SealLifeState] = [.applied, .approved, .made, .inForce, .suspended]
        let seal = try seal(id, in: states, by: act, holding: Self.approval, in: transaction)
        try register.step(seal, to: .revoked, by: act, in: transaction)
    }

    /// All seals that an actor may know of: those of its agency, or of the division for who approves and makes them.
    public func seals(by act: Act, in snapshot: Snapshot) throws -> [Seal] {
        let organisation = try self.organisation.snapshot(in: snapshot)
        if act.actor.holds(Self.approval) || act.actor.holds(Self.making) {
            return try register.list(in: snapshot).filter { seal in
                organisation.agencies[seal.agency].map { organisation.mayHandle(act.actor, division: $0.division) }
                    ?? (act.actor.kind == .system)
            }
        }
        guard act.actor.holds(Self.keep) else { throw Problem.forbidden }
        return try register.list(in: snapshot).filter { organisation.belongs(act.actor, to: $0.agency) }
    }

    /// A seal's picture as SVG; nil before it is made.
    public func picture(of id: Identifier, by act: Act, in snapshot: Snapshot) throws -> [UInt8]? {
        guard try seals(by: act, in: snapshot).contains(where: { $0.id == id }) else { throw Self.unknown }
        return try snapshot.row("SELECT svg FROM eseal_seal WHERE id = ?", id)?.get("svg")
    }

    /// How often a seal was used, and when last.
    public func uses(of id: Identifier, in snapshot: Snapshot) throws -> (count: Int, last: Instant?) {
        guard
            let row = try snapshot.row(
                "SELECT COUNT(*) AS uses, MAX(used_at) AS last FROM eseal_use WHERE seal = ?", id)
        else { return (0, nil) }
        return (try row.get("uses"), try row.get("last"))
    }

    /// A seal in one of some states, for who holds a permission in its division.
    private func seal(
        _ id: Identifier, in states: [SealLifeState], by act: Act, holding permission: Permission,
        in snapshot: Snapshot
    ) throws -> Seal {
        guard act.actor.holds(permission) else { throw Problem.forbidden }
        guard let seal = try register.find(id, in: snapshot) else { throw Self.unknown }
        let organisation = try self.organisation.snapshot(in: snapshot)
        let division = organisation.agencies[seal.agency]?.division
        guard act.actor.kind == .system || division.map({ organisation.mayHandle(act.actor, division: $0) }) == true
        else { throw Self.unknown }
        return try seal.required(in: states)
    }

    /// A seal of the actor's own agency.
    private func own(
        _ id: Identifier, in states: [SealLifeState], by act: Act, in snapshot: Snapshot
    ) throws -> Seal {
        guard act.actor.holds(Self.keep) else { throw Problem.forbidden }
        guard let seal = try register.find(id, in: snapshot),
            try organisation.snapshot(in: snapshot).belongs(act.actor, to: seal.agency)
        else { throw Self.unknown }
        return try seal.required(in: states)
    }

    static let unknown = SealError(.notFound, "没有找到这枚印章，请核对编号；印章只对本单位的保管人员和审批、制章人员开放。")
}

extension Seal {
    fileprivate func required(in states: [SealLifeState]) throws -> Seal {
        guard states.contains(state) else {
            throw SealError(.state, "“\(name)”现在是“\(state.title)”，不能这样办理。请刷新后再看。")
        }
        return self
    }
}
