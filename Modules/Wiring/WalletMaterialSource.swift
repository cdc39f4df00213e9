public import Casework
public import Catalogue
public import Extension
public import Licences
public import Standards
public import Storage

/// Exempts papers that lie as licences in the wallet of the applicant, or of a party who has consented (免提交).
///
/// Data checks at outside sources are absent until a connector for them exists, so the plan asks for the paper.
public struct WalletMaterialSource: MaterialSource {
    private let licences: LicenceService

    public init(_ licences: LicenceService) { self.licences = licences }

    public func available(
        _ sources: [MaterialSlot.Source], for ground: EvidenceGround, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [EvidencedSource] {
        try held(sources, for: ground, on: day, in: snapshot).compactMap { wanted, id in
            guard let wanted else { return nil }
            guard let id else {
                // Told apart from a party who has not been asked yet.
                return wanted.isApplicant
                    ? nil : EvidencedSource(source: wanted.source, evidence: "", doubt: .absent)
            }
            let doubt = try wanted.match.flatMap { match in
                try licences.statements(of: [id], in: snapshot)[id].flatMap {
                    LicenceAgreement($0, match, ground).doubt
                }
            }
            return EvidencedSource(source: wanted.source, evidence: id.text, doubt: doubt)
        }
    }

    public func names(
        of sources: [MaterialSlot.Source], for ground: EvidenceGround, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String?] {
        // What a licence says never changes, so that its identifier stands for all of it.
        try held(sources, for: ground, on: day, in: snapshot).map { wanted, id in
            wanted.flatMap { id?.text ?? ($0.isApplicant ? nil : "") }
        }
    }

    /// The licence that is there for each source.
    private func held(
        _ sources: [MaterialSlot.Source], for ground: EvidenceGround, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [(WantedLicence?, Identifier?)] {
        let wanted = sources.map { WantedLicence($0, ground) }
        let looked = wanted.compactMap(\.self)
        let held = try licences.held(
            by: Array(Set(looked.flatMap(\.wallets))).sorted(), types: Array(Set(looked.map(\.type))).sorted(), on: day,
            in: snapshot)
        return wanted.map { wanted in
            (wanted, wanted?.wallets.lazy.compactMap { held[$0]?[wanted?.type ?? ""] }.first)
        }
    }

    public func document(_ evidence: String, in caseID: Identifier, by act: Act) async throws -> ServingDocument? {
        guard let id = try? Identifier(evidence) else { return nil }
        let licence = try await licences.licence(id, servingIn: caseID, by: act)
        let isInForce = licence.isInForce(on: act.now.day)
        return ServingDocument(
            evidence: evidence, title: licence.title, number: licence.number, issuer: licence.issuer.name,
            issuedOn: licence.issuedOn, validUntil: licence.validUntil,
            status: licence.standing(on: act.now.day), isInForce: isInForce,
            holders: licence.holders.map { StatedParty(name: $0.name, identifier: $0.idNumber ?? "") },
            lines: licence.fields.map { ResultLine(title: $0.label, value: $0.value) },
            hasFile: licence.origin == .here || licence.original != nil)
    }

    public func file(of evidence: String, in caseID: Identifier, by act: Act) async throws -> FileReply? {
        guard let id = try? Identifier(evidence) else { return nil }
        return try await licences.file(of: id, servingIn: caseID, by: act)
    }
}

/// A licence that is looked for, with the wallets in which it may be.
private struct WantedLicence {
    let source: MaterialSlot.Source
    let type: String
    let match: LicenceMatch?
    let isApplicant: Bool
    let wallets: [Identifier]

    /// Nil for other sources, and for a party who has not consented.
    init?(_ source: MaterialSlot.Source, _ ground: EvidenceGround) {
        guard case .licence(let type, let role, let match) = source else { return nil }
        self.source = source
        self.type = type
        self.match = match
        isApplicant = role == MaterialSlot.Source.applicant
        let applicant = ground.applicant
        wallets =
            isApplicant
            ? (applicant.party == applicant.person ? [applicant.person] : [applicant.party, applicant.person])
            : [ground.consenters[role]].compactMap(\.self)
        if wallets.isEmpty { return nil }
    }
}
