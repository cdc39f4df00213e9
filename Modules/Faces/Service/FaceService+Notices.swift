import Cryptography
public import Extension
public import Standards
public import Storage

/// The privacy notice in one version.
public struct PrivacyNotice: Sendable, Hashable {
    /// 1 for the first.
    public let version: Int
    public let text: MarkdownText
    public let since: Instant
}

/// A new version of the privacy notice took effect.
public struct PrivacyNoticeChanged: Event, Hashable {
    public static let name = "face.notice_changed"
    public let version: Int
    public let digest: String
}

/// A person agreed to a version of the privacy notice.
public struct PrivacyNoticeAgreed: Event, Hashable {
    public static let name = "face.notice_agreed"
    public let person: Identifier
    public let version: Int
}

extension FaceService {
    /// The privacy notice in force; nil where the deployment has none of its own. A file that changed becomes the next
    /// version the first time that anybody looks.
    public func notice(by act: Act) async throws -> PrivacyNotice? {
        guard let text = shelf.book.notice else { return nil }
        let digest = Hex.encode(SM3.hash(Array(text.utf8)))
        if let newest = try await database.read({ try Self.newest(in: $0) }), newest.digest == digest {
            return newest.notice
        }
        let system = Act(actor: .system("face"), now: act.now, seed: act.seed.derived("face"), requestID: act.requestID)
        return try await database.write { [self] transaction in
            let newest = try Self.newest(in: transaction)
            if let newest, newest.digest == digest { return newest.notice }
            let version = (newest?.notice.version ?? 0) + 1
            try transaction.execute(
                "INSERT INTO face_notice (version, digest, body, since) VALUES (?, ?, ?, ?)", version, digest, text,
                system.now)
            try events.record(
                [PrivacyNoticeChanged(version: version, digest: digest)],
                to: StreamID(division: division, kind: "face", id: "notice"), by: system, in: transaction)
            return PrivacyNotice(version: version, text: MarkdownText(text), since: system.now)
        }
    }

    /// An earlier version, as those read it who agreed to it; nil for one that there never was.
    public func notice(version: Int) async throws -> PrivacyNotice? {
        try await database.read { snapshot in
            try snapshot.row("SELECT * FROM face_notice WHERE version = ?", version).map { try Self.notice($0) }
        }
    }

    /// The newest version to which a person agreed; nil for none.
    public func agreedVersion(of person: Identifier) async throws -> Int? {
        try await database.read { snapshot in
            try snapshot.row("SELECT MAX(version) AS version FROM face_agreement WHERE person = ?", person)?
                .get("version", as: Int?.self)
        }
    }

    /// Records that the person who acts agrees to a version; once more changes nothing.
    ///
    /// - Throws: ``Problem`` when the version is not the one in force, or nobody acts as a person.
    public func agree(to version: Int, by act: Act) async throws {
        guard let person = act.actor.person, act.actor.kind == .person else { throw Problem.signInRequired }
        guard try await notice(by: act)?.version == version else {
            throw Problem(409, "face.notice_changed", "告知已经更新", "《个人信息保护告知》有了新的版本，请重新阅读后再同意。")
        }
        try await database.write { [self] transaction in
            let noted = try transaction.row(
                """
                INSERT INTO face_agreement (person, version, agreed_at) VALUES (?, ?, ?)
                ON CONFLICT (person, version) DO NOTHING RETURNING version
                """, person, version, act.now)
            if noted == nil { return }
            try events.record(
                [PrivacyNoticeAgreed(person: person, version: version)],
                to: StreamID(division: division, kind: "face.agreement", id: person.text), by: act, in: transaction)
        }
    }

    private static func newest(in snapshot: Snapshot) throws -> (notice: PrivacyNotice, digest: String)? {
        try snapshot.row("SELECT * FROM face_notice ORDER BY version DESC LIMIT 1").map {
            (try notice($0), try $0.get("digest"))
        }
    }

    private static func notice(_ row: Row) throws -> PrivacyNotice {
        PrivacyNotice(
            version: try row.get("version"), text: MarkdownText(try row.get("body")), since: try row.get("since"))
    }
}
