public import Casework
public import Catalogue
public import Licences
public import Standards
public import Storage

/// Exempts papers that lie as licences in the applicant's wallet (免提交).
///
/// Data checks at outside sources are absent until a connector for them exists, so the plan asks for the paper.
public struct WalletMaterialSource: MaterialSource {
    private let licences: LicenceService

    public init(_ licences: LicenceService) { self.licences = licences }

    public func available(
        _ sources: [MaterialSlot.Source], for applicant: Applicant, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [EvidencedSource] {
        let wanted = sources.compactMap { source -> String? in
            if case .licence(let type, party: "applicant") = source { type } else { nil }
        }
        if wanted.isEmpty { return [] }
        let parties = applicant.party == applicant.person ? [applicant.person] : [applicant.party, applicant.person]
        let held = try licences.held(by: parties, types: wanted, on: day, in: snapshot)
        return sources.compactMap { source in
            guard case .licence(let type, party: "applicant") = source,
                let licence = parties.lazy.compactMap({ held[$0]?[type] }).first
            else { return nil }
            return EvidencedSource(source: source, evidence: licence.text)
        }
    }
}
