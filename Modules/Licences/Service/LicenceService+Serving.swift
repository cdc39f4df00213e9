public import Extension
import Standards
public import Storage

/// Licences that serve in a case in place of papers. Whoever asks has decided that the actor may see the material.
extension LicenceService {
    /// A licence that serves in a case; the look is recorded with the case.
    public func licence(_ id: Identifier, servingIn caseID: Identifier, by act: Act) async throws -> Licence {
        try await lookUp(id, .content, in: caseID, by: act) { licence, _ in licence }
    }

    /// Its signed file, or the original of one issued elsewhere; nil where there is none here.
    public func file(of id: Identifier, servingIn caseID: Identifier, by act: Act) async throws -> FileReply? {
        let (register, blobs) = (register, blobs)
        return try await lookUp(id, .file, in: caseID, by: act) { licence, snapshot -> FileReply? in
            if let bytes = try register.file(of: licence.id, in: snapshot) {
                return FileReply(bytes: bytes, contentType: LicenceFile.contentType, name: licence.fileName)
            }
            let division = licence.statement.division
            guard let blob = licence.original,
                let type = try BlobStore.find(blob, division: division, in: snapshot)?.type,
                let bytes = try blobs.get(blob, division: division, in: snapshot)
            else { return nil }
            return FileReply(
                bytes: bytes, contentType: type.mediaType, name: "\(licence.statement.title)-\(id).\(type.rawValue)")
        }
    }

    /// The licences with these identifiers as they are, to hold a case's form to them; it tells nobody what they say.
    public func statements(of ids: [Identifier], in snapshot: Snapshot) throws -> [Identifier: LicenceStatement] {
        try ids.reduce(into: [:]) { $0[$1] = try register.find($1, in: snapshot)?.statement }
    }
}
