public import Standards

/// What became of one material.
public struct MaterialRecord: Sendable, Hashable, Codable {
    public internal(set) var files: [FileReference]
    /// Whether a commitment stands in its place (告知承诺).
    public internal(set) var isCommitted: Bool
    /// Whether the applicant asked to supply it later (容缺).
    public internal(set) var isDeferred: Bool
    /// The day by which a tolerated gap must be filled.
    public internal(set) var gapDue: Deadline?

    init(files: [FileReference] = [], isCommitted: Bool = false, isDeferred: Bool = false) {
        self.files = files
        self.isCommitted = isCommitted
        self.isDeferred = isDeferred
    }

    /// Whether the paper itself is still to come.
    public var isGap: Bool { files.isEmpty && !isCommitted && isDeferred }
}

extension CaseFile {
    /// Whether a material is one of those that the applicant uploads: it is asked for, a correction notice names it, or
    /// it was uploaded after one did.
    public func takesUpload(_ material: PlannedMaterial) -> Bool {
        material.provision == .upload || namedTargets.contains("material.\(material.id)")
            || materials[material.id]?.files.isEmpty == false
    }
}

/// A file in the blob store.
public struct FileReference: Sendable, Hashable, Codable {
    /// The blob's name.
    public internal(set) var blob: String
    /// The division under which the blob is stored.
    public internal(set) var division: String
    /// The name that the applicant gave it.
    public internal(set) var name: String
    public internal(set) var contentType: String
    /// In bytes.
    public internal(set) var size: Int

    public init(blob: String, division: String, name: String, contentType: String, size: Int) {
        self.blob = blob
        self.division = division
        self.name = name
        self.contentType = contentType
        self.size = size
    }
}
