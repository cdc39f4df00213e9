import ESeal
public import Extension
import Standards
public import Storage

/// A licence issued here got its sealed document.
public struct LicenceSealed: Event {
    public static let name = "licence.sealed"
    public let licence: Identifier
    public let seal: Identifier
}

/// What became of a licence that was to be sealed.
public enum LicenceSealing: Sendable, Hashable {
    case sealed
    /// There is a document already, or it is none of those that are sealed here.
    case unneeded
    /// The issuing agency has no seal in force; it is sealed once there is one (`yiciban licence seal`).
    case noSeal
}

extension LicenceService {
    /// Seals a licence with the seal of the agency that issued it, without anybody at the keyboard.
    ///
    /// Only what this deployment's agencies issued by a decision in a case is sealed; what was issued elsewhere never is.
    ///
    /// - Throws: ``SealError`` when the agency's seal may not be used for it.
    @discardableResult
    public func seal(_ id: Identifier, by act: Act) async throws -> LicenceSealing {
        guard let seals else { return .unneeded }
        let register = register
        let documents = documents
        let found = try await database.read { snapshot in
            (
                licence: try register.find(id, in: snapshot),
                isSealed: try documents.bytes(of: id, .ofd, in: snapshot) != nil
            )
        }
        guard let licence = found.licence, !found.isSealed, licence.origin == .here, licence.status == .valid,
            let agency = licence.statement.issuer.agency, let caseID = licence.statement.caseID
        else { return .unneeded }
        let request = SealingRequest(
            agency: agency, power: licence.statement.itemID ?? "", decision: caseID, subject: id,
            document: LicencePaper(licence: licence, type: types[licence.statement.type]).document)
        guard let sealed = try await seals.seal(request, by: act) else { return .noSeal }
        return try await database.write { transaction in
            // Another server may have been faster.
            guard try documents.insert(sealed, of: licence, by: act, in: transaction) else { return .unneeded }
            try seals.record(sealed, by: act, in: transaction)
            try events.record(
                [LicenceSealed(licence: id, seal: sealed.seal)], to: Self.stream(of: licence), by: act, in: transaction)
            return .sealed
        }
    }

    /// Seals every licence that waits for it, and goes on after those that can't be sealed.
    ///
    /// What is done is done, so that a run that was stopped goes on where it ended.
    ///
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - progress: told after each.
    public func sealAll(
        limit: Int = .max, act: @Sendable () async throws -> Act, progress: (LicenceBatch) -> Void
    ) async throws -> LicenceBatch {
        var batch = LicenceBatch()
        var cursor: Identifier?
        let documents = documents
        while batch.count < limit {
            let from = cursor
            let room = min(100, limit - batch.count)
            let next = try await database.read {
                try documents.missing(after: from, limit: room, in: $0)
            }
            if next.isEmpty { break }
            for id in next {
                do {
                    batch.note(try await seal(id, by: try await act()))
                } catch let error as SealError {
                    batch.failures.append(LicenceBatch.Failure(licence: id, message: error.message))
                }
                cursor = id
                progress(batch)
            }
        }
        return batch
    }

    /// The sealed document of a licence issued here.
    ///
    /// - Throws: ``LicenceError`` with `licences.not_found`, `licences.no_file`.
    func document(_ id: Identifier, _ form: LicenceDocuments.Form, by act: Act) async throws -> FileReply {
        let documents = documents
        return try await lookUp(id, .file, by: act) { licence, snapshot in
            guard let bytes = try documents.bytes(of: licence.id, form, in: snapshot) else {
                throw LicenceError(
                    .noFile,
                    licence.origin == .here
                        ? "这份证照还没有盖章的文件：颁发机构的电子印章还没有启用，或正在盖章。请稍后再来下载。"
                        : "这份证照由\(licence.statement.issuer.name)签发，本系统不盖章，请下载原件或到签发机构获取。")
            }
            return FileReply(
                bytes: bytes, contentType: form.contentType,
                name: "\(licence.statement.title)-\(licence.id).\(form.rawValue)")
        }
    }

    /// The OFD document with the issuing agency's seal (GB/T 33190, GB/T 38540).
    public func ofd(of id: Identifier, by act: Act) async throws -> FileReply { try await document(id, .ofd, by: act) }

    /// The same as PDF, signed for common readers.
    public func pdf(of id: Identifier, by act: Act) async throws -> FileReply { try await document(id, .pdf, by: act) }

    /// Whether a licence has its sealed document.
    public func isSealed(_ id: Identifier) async throws -> Bool {
        try await database.read {
            try $0.row("SELECT licence FROM licence_document WHERE licence = ?", id) != nil
        }
    }

    /// Seals what was just issued; what fails is tried again and then told to the operator (`yiciban outbox`).
    var sealing: Deliver {
        Deliver(LicenceIssued.name, as: IssuedLicence.self, name: "licence-seal") { issued, _, act in
            try await seal(issued.licence, by: act)
        }
    }

    private struct IssuedLicence: Decodable, Sendable {
        let licence: Identifier
    }
}

/// What a run over many licences has come to.
public struct LicenceBatch: Sendable {
    /// One that could not be sealed.
    public struct Failure: Sendable, Hashable {
        public let licence: Identifier
        /// Why, in Chinese.
        public let message: String
    }

    public internal(set) var sealed = 0
    public internal(set) var withoutSeal = 0
    public internal(set) var failures: [Failure] = []
    private var unneeded = 0

    /// How many were looked at.
    public var count: Int { sealed + withoutSeal + failures.count + unneeded }

    mutating func note(_ outcome: LicenceSealing) {
        switch outcome {
        case .sealed: sealed += 1
        case .noSeal: withoutSeal += 1
        case .unneeded: unneeded += 1
        }
    }
}
