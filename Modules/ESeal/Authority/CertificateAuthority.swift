public import Cryptography
public import Extension
import Standards
public import Storage

/// The small certificate authority of a deployment that has none to turn to (`yiciban ca …`).
///
/// A root certifies an issuing authority, which certifies who makes seals and who signs with them. What is signed under
/// it carries 「演练·无法律效力」 as long as its root is not on the trust list.
public struct CertificateAuthority: Sendable {
    let database: any Database
    let events: EventLog
    let keys: SoftwareKeys
    let division: String

    static let day: Int64 = 86_400_000
    /// How long a list of revoked certificates is good for, in days.
    static let listDays: Int64 = 30

    /// All certificates, in the order in which they came.
    public func certificates(in snapshot: Snapshot) throws -> [StoredCertificate] {
        try snapshot.rows(
            """
            SELECT \(StoredCertificate.columns) FROM eseal_certificate WHERE division = ? ORDER BY created_at, role DESC, id
            """, division
        ).map(StoredCertificate.init)
    }

    /// The newest certificate of a role that is neither revoked nor over; nil for none.
    func current(_ role: CertificateRole, at now: Instant, in snapshot: Snapshot) throws -> StoredCertificate? {
        try snapshot.row(
            """
            SELECT \(StoredCertificate.columns) FROM eseal_certificate
            WHERE division = ? AND role = ? AND revoked_at IS NULL AND not_after >= ? AND not_before <= ?
            ORDER BY created_at DESC LIMIT 1
            """, division, role, now, now
        ).map(StoredCertificate.init)
    }

    /// Begins the authority: a root, an issuing authority, a maker of seals, and a signer of PDF files.
    ///
    /// - Parameters:
    ///   - name: whose authority it is; stands in every certificate's organisation.
    ///   - passphrase: locks the root's key; nil for none.
    /// - Throws: ``SealError`` with `eseal.authority` when there is one already.
    @discardableResult
    public func found(_ name: String, passphrase: String? = nil, by act: Act) async throws -> StoredCertificate {
        if try await database.read({ try current(.root, at: act.now, in: $0) }) != nil {
            throw SealError(.authority, "这个部署已有自建的证书机构，没有改动。要看现有的证书，请用 yiciban ca list。")
        }
        let start = act.now.milliseconds - Self.day
        let rootKey = try SM2.PrivateKey.generate()
        let issuingKey = try SM2.PrivateKey.generate()
        let root = try CertificateBuilder(
            subject: DistinguishedName(commonName: "\(name)电子印章根证书", organization: name),
            profile: .root(pathLength: 1), notBefore: start, notAfter: start + 7300 * Self.day
        ).selfSigned(by: rootKey)
        let issuing = try CertificateBuilder(
            subject: DistinguishedName(commonName: "\(name)电子印章签发机构", organization: name),
            profile: .issuing(), notBefore: start, notAfter: start + 3650 * Self.day
        ).signed(for: issuingKey.publicKey, issuer: root, by: rootKey)
        let maker = try await keys.generate(by: act)
        let makerCertificate = try CertificateBuilder(
            subject: DistinguishedName(commonName: "\(name)电子印章制作", organization: name),
            profile: .endEntity(), notBefore: start, notAfter: start + 1825 * Self.day
        ).signed(for: maker.publicKey, issuer: issuing, by: issuingKey)
        let rootID = try await keys.store(rootKey, passphrase: passphrase, label: "eseal.key.root", by: act)
        let issuingID = try await keys.store(issuingKey, label: "eseal.key.issuing", by: act)
        try await keys.store(
            try DocumentSigner.generate(
                for: DistinguishedName(commonName: "\(name)电子文件签名", organization: name),
                issuer: DistinguishedName(commonName: "\(name)电子文件根证书", organization: name), notBefore: start,
                notAfter: start + 3650 * Self.day), by: act)
        try await database.write { transaction in
            try insert(root, .root, key: rootID, by: act, in: transaction)
            try insert(issuing, .issuing, key: issuingID, by: act, in: transaction)
            try insert(makerCertificate, .maker, key: maker.reference, by: act, in: transaction)
            try record(
                [AuthorityFounded(root: Hex.encode(root.fingerprint))]
                    + [(root, CertificateRole.root), (issuing, .issuing), (makerCertificate, .maker)].map {
                        CertificateIssued(certificate: Hex.encode($0.fingerprint), role: $1.rawValue)
                    }, by: act, in: transaction)
        }
        _ = try await renewList(of: issuing, key: issuingKey, by: act)
        guard let stored = try await database.read({ try current(.root, at: act.now, in: $0) }) else {
            throw SealError(.authority, "证书机构没有建成。请重试；仍不成功的，把这条信息告诉管理员。")
        }
        return stored
    }

    /// Issues a certificate under the issuing authority for a key that is made for it.
    ///
    /// - Parameters:
    ///   - role: `maker` or `signer`.
    ///   - days: how long it is valid, up to the issuing authority's own end.
    /// - Throws: ``SealError`` with `eseal.authority` or `eseal.invalid`.
    public func issue(
        _ role: CertificateRole, to subject: DistinguishedName, days: Int, by act: Act
    ) async throws -> StoredCertificate {
        guard [.maker, .signer].contains(role) else {
            throw SealError(.invalid, "只能签发制章人（maker）或签章人（signer）证书，不能签发\(role.title)。")
        }
        let issuing = try await issuer(at: act.now)
        let key = try await keys.generate(by: act)
        let issuingKey = try await keys.key(try issuing.ownKey, passphrase: nil)
        let start = max(act.now.milliseconds - Self.day, issuing.certificate.notBefore)
        let certificate = try CertificateBuilder(
            subject: subject, profile: .endEntity(), notBefore: start,
            notAfter: min(start + Int64(days) * Self.day, issuing.certificate.notAfter)
        ).signed(for: key.publicKey, issuer: issuing.certificate, by: issuingKey)
        let id = Hex.encode(certificate.fingerprint)
        return try await database.write { transaction in
            try insert(certificate, role, key: key.reference, by: act, in: transaction)
            try record([CertificateIssued(certificate: id, role: role.rawValue)], by: act, in: transaction)
            return try find(id, in: transaction)
        }
    }

    /// Takes over authorities of somebody else's, so that what they issued can be verified; they are not trusted thereby.
    ///
    /// - Returns: how many were new.
    public func importCertificates(_ certificates: [Certificate], by act: Act) async throws -> Int {
        let others = certificates.filter { !$0.isCA }
        guard others.isEmpty else {
            throw SealError(
                .invalid, "只能导入签发机构的证书。以下不是：\(others.map(\.subject.description).joined(separator: "；"))。请去掉后再导入。")
        }
        return try await database.write { transaction in
            let known = Set(try self.certificates(in: transaction).map(\.id))
            var seen = known
            let new = certificates.filter { seen.insert(Hex.encode($0.fingerprint)).inserted }
            for certificate in new { try insert(certificate, .imported, key: nil, by: act, in: transaction) }
            try record(
                new.map { CertificateImported(certificate: Hex.encode($0.fingerprint)) }, by: act, in: transaction)
            return new.count
        }
    }

    /// Revokes a certificate and makes a new list.
    ///
    /// - Parameter id: the fingerprint, or its beginning when that is unambiguous.
    /// - Throws: ``SealError`` with `eseal.certificate`.
    public func revoke(_ id: String, passphrase: String? = nil, by act: Act) async throws -> StoredCertificate {
        let stored = try await database.read { try find(id, in: $0) }
        guard stored.revokedAt == nil else { throw SealError(.certificate, "这张证书已经吊销，没有改动。") }
        guard stored.role != .root, stored.role != .imported else {
            throw SealError(.certificate, "\(stored.role.title)不能在这里吊销。要停止信任它，请从 trust/ 目录里移走它的文件。")
        }
        let all = try await database.read { try self.certificates(in: $0) }
        guard let issuer = all.first(where: { stored.certificate.isIssued(by: $0.certificate) && $0.key != nil }) else {
            throw SealError(.certificate, "这张证书不是本部署签发的，不能在这里吊销。请联系它的签发机构。")
        }
        let key = try await keys.key(try issuer.ownKey, passphrase: passphrase)
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE eseal_certificate SET revoked_at = ? WHERE division = ? AND id = ? AND revoked_at IS NULL",
                act.now,
                division, stored.id)
            try record([CertificateRevoked(certificate: stored.id)], by: act, in: transaction)
        }
        _ = try await renewList(of: issuer.certificate, key: key, by: act)
        return try await database.read { try find(stored.id, in: $0) }
    }

    /// Makes a new list of the issuing authority, as must be done before the last one is over.
    public func renewList(by act: Act) async throws -> RevocationList {
        let issuing = try await issuer(at: act.now)
        return try await renewList(
            of: issuing.certificate, key: try await keys.key(try issuing.ownKey, passphrase: nil), by: act)
    }

    private func renewList(of issuer: Certificate, key: SM2.PrivateKey, by act: Act) async throws -> RevocationList {
        let id = Hex.encode(issuer.fingerprint)
        let (entries, number) = try await database.read { snapshot in
            let revoked = try certificates(in: snapshot).compactMap { stored in
                stored.revokedAt.flatMap { at in
                    stored.certificate.isIssued(by: issuer)
                        ? RevocationList.Entry(
                            serialNumber: stored.certificate.serialNumber, revokedAt: at.milliseconds) : nil
                }
            }
            let last = try snapshot.row(
                "SELECT MAX(number) AS number FROM eseal_revocation_list WHERE division = ? AND issuer = ?", division,
                id
            )?.get("number", as: Int?.self)
            return (revoked, ((last ?? nil) ?? 0) + 1)
        }
        let list = try RevocationList.made(
            entries, by: issuer, key: key, number: number, at: act.now.milliseconds,
            next: act.now.milliseconds + Self.listDays * Self.day)
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO eseal_revocation_list (division, issuer, number, made_at, next_at, der)
                VALUES (?, ?, ?, ?, ?, ?)
                """, division, id, number, act.now, Instant(milliseconds: list.nextAt ?? 0), list.der)
            try record(
                [RevocationListMade(issuer: id, number: number, count: entries.count)], by: act, in: transaction)
        }
        return list
    }

    /// The newest list of each of our authorities.
    public func revocationLists(in snapshot: Snapshot) throws -> [RevocationList] {
        try snapshot.rows(
            """
            SELECT der FROM eseal_revocation_list AS list WHERE division = ? AND number = (
                SELECT MAX(number) FROM eseal_revocation_list AS other
                WHERE other.division = list.division AND other.issuer = list.issuer)
            """, division
        ).map { try RevocationList(der: try $0.get("der")) }
    }

    /// One certificate by its fingerprint or the beginning of it.
    func find(_ id: String, in snapshot: Snapshot) throws -> StoredCertificate {
        let wanted = id.lowercased()
        let found = try certificates(in: snapshot).filter { $0.id.hasPrefix(wanted) }
        guard wanted.count >= 8, let first = found.first, found.count == 1 else {
            throw SealError(
                .certificate,
                found.isEmpty || wanted.count < 8
                    ? "没有找到这张证书。请用 yiciban ca list 查看证书编号，至少写 8 位。" : "有 \(found.count) 张证书的编号这样开头。请多写几位。")
        }
        return first
    }

    private func issuer(at now: Instant) async throws -> StoredCertificate {
        guard let issuing = try await database.read({ try current(.issuing, at: now, in: $0) }) else {
            throw SealError(.authority, "这个部署还没有证书机构。请先运行 yiciban ca init。")
        }
        return issuing
    }

    private func insert(
        _ certificate: Certificate, _ role: CertificateRole, key: Identifier?, by act: Act,
        in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO eseal_certificate
                (division, id, role, subject, issuer, key, der, not_before, not_after, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, division, Hex.encode(certificate.fingerprint), role, certificate.subject.description,
            certificate.issuer.description, key, certificate.der, Instant(milliseconds: certificate.notBefore),
            Instant(milliseconds: certificate.notAfter), act.now)
    }

    private func record(_ events: [any Event], by act: Act, in transaction: Transaction) throws {
        try self.events.record(
            events, to: StreamID(division: division, kind: "eseal.authority", id: division), by: act, in: transaction)
    }
}

extension StoredCertificate {
    /// The key; a certificate without one of ours can't sign here.
    var ownKey: Identifier {
        get throws {
            guard let key else { throw SealError(.key, "这张证书的私钥不在本部署：\(certificate.subject)。") }
            return key
        }
    }
}
