import Catalogue
public import Extension
import Standards
public import Storage

/// The licences that serve in place of papers, for those who decide: whoever may see the material, by its case.
extension CaseworkService {
    /// The licence that serves for a material of a case.
    ///
    /// - Throws: ``CaseworkError`` `not_found` for who does not handle an item that needs it, and where none serves.
    public func evidence(for slot: String, of id: Identifier, by act: Act) async throws -> ServingDocument {
        let (name, file) = try await serving(slot, of: id, by: act)
        guard let document = try await materials.document(name, in: file.id, by: act) else {
            throw CaseworkError.notFound
        }
        return document
    }

    /// The signed file or the original of the licence that serves for a material of a case.
    public func evidenceFile(for slot: String, of id: Identifier, by act: Act) async throws -> FileReply {
        let (name, file) = try await serving(slot, of: id, by: act)
        guard let reply = try await materials.file(of: name, in: file.id, by: act) else {
            throw CaseworkError.notFound
        }
        return reply
    }

    /// The licences that serve in a case, by material, as its handler sees them; nothing for anybody else.
    ///
    /// - Parameter item: only what this item needs; nil for all that the viewer may see.
    public func evidence(
        of sight: CaseSight, item: String? = nil, by act: Act
    ) async throws -> [String: ServingDocument] {
        var documents: [String: ServingDocument] = [:]
        for material in sight.materials where item.map(material.items.contains) ?? true {
            guard let name = sight.servingLicence(for: material.id) else { continue }
            try await note(material.id, name, in: sight.file, by: act)
            documents[material.id] = try await materials.document(name, in: sight.file.id, by: act)
        }
        return documents
    }

    private func serving(_ slot: String, of id: Identifier, by act: Act) async throws -> (String, CaseFile) {
        let seen = try await database.read { try sight(of: id, by: act, in: $0) }
        guard let name = seen.servingLicence(for: slot) else { throw CaseworkError.notFound }
        try await note(slot, name, in: seen.file, by: act)
        return (name, seen.file)
    }

    private func note(_ slot: String, _ name: String, in file: CaseFile, by act: Act) async throws {
        try await lookUps.note(
            CaseEvidenceViewed(division: file.division, caseID: file.id, material: slot, evidence: name),
            stream: StreamID(division: file.division, kind: "case-lookup", id: file.id.text), by: act)
    }
}

extension CaseSight {
    /// What names the licence that serves for a material, for who handles the case.
    fileprivate func servingLicence(for slot: String) -> String? {
        switch role {
        case .applicant, .party: return nil
        case .clerk, .officer, .system: break
        }
        guard let material = materials.first(where: { $0.id == slot }),
            case .exempt(.licence, _, let name?) = material.provision
        else { return nil }
        return name
    }
}
