import Cryptography
import Documents
public import Extension
import Standards
public import Storage

extension ESealService {
    /// Which words stand across what is sealed here now: none once the root is on the trust list.
    static let drill = "演练·无法律效力"

    /// The seal of an organ that may be used for an item; nil when it has none in force.
    ///
    /// - Throws: ``SealError`` with `eseal.not_usable` when the organ has seals, but none for this item.
    func seal(of agency: Identifier, for power: String, at now: Instant, in snapshot: Snapshot) throws -> Seal? {
        let usable = try register.list(agency: agency, in: snapshot).filter { $0.state == .inForce }
        if usable.isEmpty { return nil }
        // The seal that names the item goes before the one for everything.
        let fitting = usable.filter { $0.covers(power) }.sorted { $0.powers.count > $1.powers.count }
        guard let seal = fitting.first else {
            throw SealError(
                .notUsable, "“\(usable.map(\.name).joined(separator: "、"))”不能用于事项 \(power)：它不在印章可用的事项之内。请核对授权的事项。")
        }
        return seal
    }

    /// Seals a document with its organ's seal, without anybody at the keyboard.
    ///
    /// Certificate, seal, list of signers and time are checked first, in the order of GB/T 38540-2020 §7.2.
    ///
    /// - Returns: nil when the organ has no seal in force.
    /// - Throws: ``SealError`` with `eseal.not_usable`, `eseal.certificate` or `eseal.key`.
    public func seal(_ request: SealingRequest, by act: Act) async throws -> SealedDocument? {
        guard !request.decision.isEmpty else { throw SealError(.notUsable, "没有审批决定的文件不能盖章。") }
        let (seal, trust, certificate) = try await database.read { snapshot in
            let seal = try self.seal(of: request.agency, for: request.power, at: act.now, in: snapshot)
            let certificate = try seal?.certificate.map { try authority.find($0, in: snapshot) }
            return (seal, try self.trust(in: snapshot), certificate)
        }
        guard let seal, let encoding = seal.encoding, let certificate else { return nil }
        let (electronic, isTrusted) = try check(seal, encoding, certificate, trust, at: act.now)
        var document = request.document
        document.watermark = isTrusted ? "" : Self.drill
        let identifier = Hex.encode(act.seed.bytes("eseal.document.\(request.subject)", count: 16))
        let draft = try await renderer.ofd(document, identifier: identifier)
        let key = try certificate.ownKey
        let time = act.now.milliseconds / 1000 * 1000
        let ofd = try await OFDSealing.sealed(
            draft, seal: electronic, certificate: certificate.certificate.der, at: time
        ) { try await keys.sign($0, with: key) }
        let picture = StampPicture(
            png: electronic.picture.data, width: Double(electronic.picture.width),
            height: Double(electronic.picture.height))
        var pdf = try await renderer.pdf(document, stamp: picture)
        if let signer = try await keys.documentSigner() {
            pdf = try PDFSignature(pdf).signed(by: signer, name: seal.name, at: time)
        }
        return SealedDocument(
            ofd: ofd, pdf: pdf, seal: seal.id, subject: request.subject, power: request.power,
            decision: request.decision)
    }

    /// Writes into the seal's record that it was used (用章记录); in the transaction that keeps the document.
    public func record(_ sealed: SealedDocument, by act: Act, in transaction: Transaction) throws {
        let digest = Hex.encode(SM3.hash(sealed.ofd))
        try transaction.execute(
            """
            INSERT INTO eseal_use (division, id, seal, subject, power, decision, ofd_digest, pdf_digest, used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, division, act.identifier("eseal.use.\(sealed.subject)"), sealed.seal, sealed.subject, sealed.power,
            sealed.decision, digest, Hex.encode(SM3.hash(sealed.pdf)), act.now)
        try events.record(
            [
                SealUsed(
                    seal: sealed.seal, subject: sealed.subject, power: sealed.power, decision: sealed.decision,
                    digest: digest)
            ], to: StreamID(division: division, kind: "eseal.use", id: sealed.seal.text), by: act, in: transaction)
    }

    /// Refuses to seal with what nobody could verify; an untrusted root alone is no hindrance.
    private func check(
        _ seal: Seal, _ encoding: [UInt8], _ certificate: StoredCertificate, _ trust: TrustList, at now: Instant
    ) throws -> (ElectronicSeal, isTrusted: Bool) {
        let electronic = try ElectronicSeal(der: encoding)
        let maker = try Certificate(der: electronic.makerCertificate)
        let failures =
            trust.failures(of: certificate.certificate, at: now.milliseconds)
            + trust.failures(of: maker, at: now.milliseconds)
        let serious = failures.filter { $0.kind != .untrusted }
        guard serious.isEmpty, certificate.revokedAt == nil else {
            throw SealError(
                .certificate, "“\(seal.name)”的证书现在不能用：\(serious.first?.message ?? "证书已吊销。")请为它换发印章后再盖。")
        }
        guard maker.publicKey.verify(electronic.signature, for: electronic.signedBytes),
            electronic.signers == .certificates([certificate.certificate.der])
        else { throw SealError(.notUsable, "“\(seal.name)”的印章数据与登记不符，可能被改动过。请注销后重新制作。") }
        guard electronic.validFrom <= now.milliseconds, now.milliseconds <= electronic.validUntil else {
            throw SealError(.notUsable, "“\(seal.name)”不在有效期内。请换发后再盖。")
        }
        return (electronic, failures.isEmpty)
    }
}
